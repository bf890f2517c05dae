"""Who works here: colleagues, their roles and passwords, a caseload handed over, what was refused, a new key."""

from __future__ import annotations

from functools import partial
from typing import Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from mrc_app.casework import caseload
from mrc_app.errors import MrcError
from mrc_app.i18n import _, isolate, ltr, ngettext
from mrc_app.store import officers, people, refusals
from mrc_app.store.officers import Officer
from mrc_app.store.roles import MATRIX, May, Role, may
from ui.desk import Desk
from ui.forms import Form
from ui.look import px
from ui.page import Heading, Page
from ui.pages.recovery import RecoveryStep
from ui.waiting import Waiting
from ui.widgets.controls import Flow, Scroll, button, clear
from ui.widgets.fields import ChoiceField, TextField
from ui.widgets.text import Banner, card, chip, label
from ui.words import choices, word

SHOWN = 20


class PeoplePage(Page):
    """Colleagues. Everybody sees who works here and keeps her own password; the rest is for who keeps people."""

    shows: ClassVar[frozenset[str]] = frozenset({"officer", "assignment"})
    nav: ClassVar[str] = "settings"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        scroll = Scroll(spacing=14, widest=920)
        outer.addWidget(scroll)
        self.keeps = may(desk.store.role, May.KEEP_PEOPLE)
        self.add = button(_("Add a colleague"), "main", "user-plus", self.begin)
        self.own = button(_("Change my password"), on=self.change_own)
        back = button(_("Back"), "quiet", on=lambda: desk.window.show_page("settings"))
        below = _("Everybody signs in with a name and a password of her own.")
        scroll.body.addWidget(Heading(_("People"), below, back, self.own, self.add))
        self.add.setVisible(self.keeps)
        self.said = Banner("", "red")
        scroll.body.addWidget(self.said)
        self._place = QVBoxLayout()
        scroll.body.addLayout(self._place)
        self.form: Form | None = None
        frame, self._list = card(spacing=4)
        scroll.body.addWidget(frame)
        self.new_key = button(_("New key for the centre file"), on=self.rekey)
        scroll.body.addWidget(self.new_key, 0, Qt.AlignmentFlag.AlignLeading)
        self.new_key.setVisible(may(desk.store.role, May.REKEY))
        self._refused_card, self._refused = card(spacing=4)
        scroll.body.addWidget(self._refused_card)
        self._refused_card.setVisible(may(desk.store.role, May.SEE_REFUSALS))
        frame, self._roles = card(spacing=4)
        scroll.body.addWidget(frame)
        self._explain()

    def load(self, id: str) -> None:
        """The whole list."""
        self.close_form()
        self.said.say("")
        super().load(id)

    def refresh(self) -> None:
        """Reads who works here, and what was refused."""
        clear(self._list)
        self._list.addWidget(label(_("Colleagues"), "heading"))
        for one in self.desk.read(officers.officers):
            self._list.addWidget(self._line(one))
        if may(self.desk.store.role, May.SEE_REFUSALS):
            self._tell_refusals()

    def _line(self, one: Officer) -> QFrame:
        frame = QFrame()
        row = QHBoxLayout(frame)
        row.setContentsMargins(0, px(6), 0, px(6))
        row.setSpacing(px(10))
        words = QVBoxLayout()
        words.setSpacing(px(2))
        words.addWidget(label(one.name, "strong"))
        words.addWidget(label(_("signs in as {login}", login=ltr(one.login)), "small"))
        state = (word(one.role), "green") if one.active else (_("does not work here any more"), "plain")
        words.addWidget(chip(*state), 0, Qt.AlignmentFlag.AlignLeading)
        row.addLayout(words, 1)
        acts = QWidget()
        flow = Flow(4)
        acts.setLayout(flow)
        for text, act in self._acts(one):
            made = button(text, "quiet", on=act)
            made.setAccessibleName(f"{text}: {one.name}")
            flow.addWidget(made)
        row.addWidget(acts, 2)
        return frame

    def _acts(self, one: Officer) -> list[tuple[str, Any]]:
        mine, role = one.uuid == self.desk.store.officer, self.desk.store.role
        found = []
        if may(role, May.HAND_OVER) and (mine or role is Role.SUPERVISOR):
            found.append((_("Hand over clients"), partial(self.hand_over, one)))
        if self.keeps and one.active and not mine:
            found.append((_("New password"), partial(self.reset, one)))
            found.append((_("Another role"), partial(self.change_role, one)))
            found.append((_("Disable"), partial(self.disable, one)))
        return found

    def _tell_refusals(self) -> None:
        clear(self._refused)
        self._refused.addWidget(label(_("What was refused"), "heading"))
        kept = refusals.refusals(self.desk.store, limit=SHOWN)
        if not kept:
            self._refused.addWidget(label(_("Nothing was refused, and no password was wrong."), "muted"))
        for one in kept:
            who = isolate(one.name) if one.name else _("unknown name")
            at = ltr(one.at[:16].replace("T", " "))
            self._refused.addWidget(label(f"{at} · {who} · {refused_words(one.what)}", "small"))

    def _explain(self) -> None:
        self._roles.addWidget(label(_("What each role may do"), "heading"))
        for right, rule in MATRIX.items():
            held = ", ".join(word(role) for role in Role if role in rule.roles)
            line = label(f"{_(right.label)}: {held}", "small")
            line.setToolTip(_(rule.why))
            line.setAccessibleDescription(_(rule.why))
            self._roles.addWidget(line)

    # -- forms

    def begin(self) -> None:
        """Asks for a new colleague."""
        form = Form()
        form.add("name", _("Name colleagues read"), TextField(limit=120))
        form.add("login", _("Name to sign in with"), TextField(ordered=True, limit=60))
        form.add("role", _("Role"), ChoiceField(choices(Role), empty=None))
        form.add(
            "password", _("First password"), TextField(secret=True),
            hint=_("She changes it herself at her first sign-in."),
        )  # fmt: skip
        form.fill({"role": Role.CASEWORKER.value})

        def act() -> None:
            typed: dict[str, Any] = {name: value or "" for name, value in form.values().items()}
            people.add(self.desk.store, **{**typed, "role": Role(typed["role"])})

        self._open(form, _("A new colleague"), act, _("Added."))

    def change_own(self) -> None:
        """Asks for one's own new password."""
        form = Form()
        form.add("old", _("Password until now"), TextField(secret=True))
        form.add("password", _("New password"), TextField(secret=True))
        self._open(
            form, _("Change my password"),
            lambda: people.change_password(self.desk.store, form["old"].value() or "", form["password"].value() or ""),
            _("Your password is changed."),
        )  # fmt: skip

    def reset(self, one: Officer) -> None:
        """Asks for a colleague's new password."""
        form = Form(columns=1)
        form.add(
            "password", _("New password for {name}", name=one.name), TextField(secret=True),
            hint=_("The journal keeps who gave it and when."),
        )  # fmt: skip
        act = partial(lambda: people.reset(self.desk.store, one.login, form["password"].value() or ""))
        self._open(form, one.name, act, _("She signs in with the new password from now on."))

    def change_role(self, one: Officer) -> None:
        """Asks for another role."""
        form = Form(columns=1)
        form.add("role", _("Role of {name}", name=one.name), ChoiceField(choices(Role), empty=None))
        form.fill({"role": one.role.value})

        def act() -> None:
            role = Role(form["role"].value())
            self.desk.change(
                "officers.change_role",
                lambda session: officers.change_role(session, officers.signing_in_as(session, one.login), role=role),
            )

        self._open(form, one.name, act, _("Her role changes at her next sign-in."))

    def disable(self, one: Officer) -> None:
        """Says what disabling means, and asks."""
        form = Form(columns=1)
        form.add_part(label(_("{name} can no longer sign in. Her name stays with what she did.", name=one.name)))
        below = _("Hand her clients over first. If she may have kept a key, give the file a new one.")
        form.add_part(label(below, "muted"))
        act = partial(people.disable, self.desk.store, one.login)
        self._open(form, one.name, act, _("She can no longer sign in."), _("Disable"))

    def hand_over(self, one: Officer) -> None:
        """Asks to whom a caseload goes."""
        mine = self.desk.read(lambda session: caseload.of_officer(session, one.uuid))
        others = [each for each in self.desk.read(officers.officers) if each.active and each.uuid != one.uuid]
        form = Form(columns=1)
        one_many = "{n} client you can see, with open tasks.", "{n} clients you can see, with open tasks."
        form.add_part(label(ngettext(*one_many, len(mine))))
        form.add_part(label(_("Restricted clients stay until the new officer is named on the client's page."), "muted"))
        listed = [(each.uuid, each.name) for each in others if may(each.role, May.SEE_NAMES)]
        form.add("to", _("To whom"), ChoiceField(listed))

        def act() -> None:
            to, on, by = form["to"].value() or "", self.desk.today(), self.desk.store.officer
            self.desk.change(
                "caseload.hand_over",
                lambda session: caseload.hand_over(session, from_=one.uuid, to=to, on=on, by=by),
            )

        self._open(form, _("Hand over clients of {name}", name=one.name), act, _("Handed over."), _("Hand over"))

    def rekey(self) -> None:
        """Says what a new key means, and asks for the password."""
        form = Form(columns=1)
        below = _("Whoever kept the old key, or an old password, opens nothing now. Colleagues need new passwords.")
        form.add_part(label(below))
        form.add("password", _("Your password"), TextField(secret=True))
        self._open(form, _("New key for the centre file"), partial(self._rekey, form), "", _("New key"))

    def _rekey(self, form: Form) -> None:
        """The whole file is written anew beside the screen; nothing else is done meanwhile."""
        store, password = self.desk.store, form["password"].value() or ""
        centre, login = store.centre().name, store.login
        title, words = _("New key for the centre file"), _("The centre file is written with its new key. Please wait.")
        waiting: Waiting[str] = Waiting(self, title, words)
        sheet = waiting.over(self.desk.jobs, lambda: people.rekey(store, password))
        SheetDialog(sheet, centre, self).exec()
        self.desk.window.lock()
        self.desk.window.say(_("The centre file has a new key. Sign in again, {login}.", login=login))

    def _open(self, form: Form, title: str, act: Any, done: str, ok: str = "") -> None:
        self.close_form()
        self.said.say("")
        self.form = form
        keep = partial(self._keep, form, act, done)
        form.submitted.connect(keep)
        frame, body = card(spacing=12)
        body.addWidget(label(title, "heading"))
        body.addWidget(form)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(button(_("Cancel"), "quiet", on=self.close_form))
        self.ok = button(ok or _("Keep"), "main", on=keep)
        foot.addWidget(self.ok)
        body.addLayout(foot)
        self._place.addWidget(frame)
        names = list(form.values())
        (form[names[0]] if names else self.ok).setFocus(Qt.FocusReason.OtherFocusReason)

    def _keep(self, form: Form, act: Any, done: str) -> None:
        def kept() -> bool:
            act()
            return True

        if form.submit(kept) and done:
            self.close_form()
            self.refresh()
            self.desk.window.say(done)

    def close_form(self) -> None:
        """Puts the form away."""
        self.form = None
        clear(self._place)

    def first(self) -> QWidget | None:
        """Add, for who may."""
        return self.add if self.keeps else self.own


class SheetDialog(QDialog):
    """A fresh recovery sheet, shown until it is typed back."""

    def __init__(self, sheet: str, centre: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("The recovery sheet"))
        column = QVBoxLayout(self)
        self.step = RecoveryStep()
        self.step.show_sheet(sheet, centre)
        column.addWidget(self.step)
        self.ok = button(_("Keep"), "main", on=self.close_if_right)
        column.addWidget(self.ok, 0, Qt.AlignmentFlag.AlignTrailing)
        self.step.ready.connect(self.close_if_right)

    def close_if_right(self) -> None:
        """Closes when what was typed is the sheet."""
        if self.step.complete():
            self.accept()


def refused_words(what: str) -> str:
    """What a refusal was about, in words."""
    if what == refusals.SIGN_IN:
        return _("wrong password")
    try:
        return _(May(what).label)
    except ValueError:
        return MrcError(what).problem.message if "{" not in what else _("not allowed")
