"""Family: who lives with her, who stays behind when she goes, who cares for whom. Each child is its own client."""

from __future__ import annotations

from functools import partial
from typing import Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from mrc_app.casework import clients, consents, households
from mrc_app.casework.client_words import Answer, Sex
from mrc_app.casework.households import Household, Membership, Relation
from mrc_app.i18n import N_, _
from mrc_app.store import seen
from ui.desk import Desk
from ui.forms import Form
from ui.look import px
from ui.panels.groups import heading_row
from ui.panels.panel import Panel
from ui.widgets.choosers import CountryField, name_of_country
from ui.widgets.controls import Flow, button, clear
from ui.widgets.dates import BirthField
from ui.widgets.empty import Empty
from ui.widgets.fields import ChoiceField, ChoicesField, SegmentField, TextField
from ui.widgets.text import Banner, card, chip, icon_label, label
from ui.words import choices, listed, word

STAYS = ((Answer.YES.value, N_("Stays behind")), (Answer.NO.value, N_("Goes too")))


class FamilyPanel(Panel):
    """Her household."""

    shows: ClassVar[frozenset[str]] = frozenset({"household", "membership", "client"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.household: Household | None = None
        self.members: list[Membership] = []
        self.names: dict[str, str] = {}
        self._known: dict[str, Any] = {}
        self.form: Form | None = None
        self.alarm = Banner("", "amber")
        self.column.addWidget(self.alarm)
        self._place = QVBoxLayout()
        self.column.addLayout(self._place)
        self.frame, self._list = card(spacing=10)
        self.column.addWidget(self.frame)
        self.column.addStretch(1)

    def load(self, client: str) -> None:
        """Shows another client's household."""
        if client != self.client:
            self.close_form()
        super().load(client)

    def refresh(self) -> None:
        """Reads the household again."""
        client, today = self.client, self.desk.today()

        def read(session: Any) -> tuple[Any, ...]:
            home = households.of_client(session, client)
            found = households.members(session, home) if home else []
            kept = [member for member in found if households.belongs(member, today)]
            people = {one.client: clients.by_uuid(session, one.client).call_name for one in kept if one.client}
            names = {one.uuid: people.get(one.client or "", "") or one.called for one in kept}
            return home, kept, names, {one.uuid: seen(session, one) for one in kept}

        self.household, self.members, self.names, self._known = self.desk.read(read)
        alone = households.without_carer(self.members, today)
        who = listed(self.names[child.uuid] for child in alone)
        self.alarm.say(_("Nobody is named who cares for: {names}.", names=who) if alone else "")
        self._show()

    def _show(self) -> None:
        clear(self._list)
        if self.household is None:
            begin = button(_("Write down the household"), "main", "house", self.begin)
            text = _("Who stays behind when she goes, and who cares for the children?")
            self._list.addWidget(Empty("house", _("No household yet"), text, begin))
            return
        parts = (self.household.place, name_of_country(self.household.country) if self.household.country else "")
        where = ", ".join(part for part in parts if part)
        self._list.addWidget(heading_row("house", where or _("Her household")))
        for member in self.members:
            self._list.addWidget(self._row(member))
        holder = QWidget()
        row = Flow(8)
        holder.setLayout(row)
        self.add_child = button(_("Add a child"), "", "user-plus", self.child)
        self.add_relative = button(_("Add a relative"), "", "plus", self.relative)
        for part in (self.add_child, self.add_relative):
            row.addWidget(part)
        self._list.addWidget(holder)

    def _row(self, member: Membership) -> QFrame:
        frame = QFrame()
        row = QHBoxLayout(frame)
        row.setContentsMargins(0, px(4), 0, px(4))
        row.setSpacing(px(10))
        name = self.names[member.uuid]
        row.addWidget(icon_label("user" if member.client else "contact-round", "muted", 20))
        words = QVBoxLayout()
        words.setSpacing(px(1))
        words.addWidget(label(name, "strong"))
        carers = listed(self.names[one.uuid] for one in households.carers(self.members, member, self.desk.today()))
        below = [word(member.relation), _("cared for by {names}", names=carers) if carers else ""]
        words.addWidget(label(" · ".join(part for part in below if part), "small"))
        row.addLayout(words, 1)
        if member.left_behind is Answer.YES:
            row.addWidget(chip(_("Stays behind"), "amber"))
        acts: list[tuple[str, Any]] = []
        if len(self.members) > 1:
            acts.append((_("Cares for …"), partial(self.care, member)))
        if member.client and member.client != self.client:
            acts.append((_("Open"), partial(self.desk.window.show_page, "clients", member.client)))
        for text, act in acts:
            made = button(text, "quiet", on=act)
            made.setAccessibleName(f"{text} {name}")
            row.addWidget(made)
        return frame

    # -- forms

    def begin(self) -> None:
        """Where the household is."""
        form = Form()
        form.add("place", _("Town or village"), TextField(limit=120), optional=True)
        form.add("country", _("Country"), CountryField(), optional=True)
        form.fill({"country": self.desk.store.centre().country})
        self._open(form, _("Her household"), _("Keep"), self._found)

    def relative(self) -> None:
        """Somebody who is no client: a name to call is enough."""
        form = Form()
        form.add("called", _("Called"), TextField(limit=120))
        relations = [one for one in Relation if one not in (Relation.SELF, Relation.CHILD)]
        form.add("relation", _("What she or he is to her"), ChoiceField(choices(relations), empty=None))
        form.add("left_behind", _("When she goes"), SegmentField([(key, _(text)) for key, text in STAYS]))
        self._open(form, _("A relative"), _("Add"), self._join)

    def child(self) -> None:
        """A child is a client of its own, with the consent of the person who answers for it."""
        form = Form()
        form.add("call_name", _("Called"), TextField(limit=120))
        form.add("sex", _("Sex"), SegmentField(choices((Sex.FEMALE, Sex.MALE, Sex.NOT_STATED))))
        form.add("birth", _("Birth"), BirthField(), span=2)
        form.add("left_behind", _("When she goes"), SegmentField([(key, _(text)) for key, text in STAYS]))
        form.add(
            "record_how", _("Consent to keep the child's record"), ChoiceField(choices(consents.How)),
            hint=_("Given by the person who answers for the child."),
        )  # fmt: skip
        self._open(form, _("A child, registered as a client of its own"), _("Register the child"), self._child)

    def care(self, member: Membership) -> None:
        """For whom this person cares."""
        form = Form(1)
        others = [(one.uuid, self.names[one.uuid]) for one in self.members if one.uuid != member.uuid]
        form.add("cares_for", _("{name} cares for", name=self.names[member.uuid]), ChoicesField(others))
        form.fill({"cares_for": list(member.cares_for)})
        self._open(form, _("Who cares for whom"), _("Keep"), partial(self._care, member))

    def _open(self, form: Form, title: str, words: str, act: Any) -> None:
        self.close_form()
        self.form = form
        form.submitted.connect(act)
        frame, body = card(spacing=12)
        body.addWidget(label(title, "heading"))
        body.addWidget(form)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(button(_("Cancel"), "quiet", on=self.close_form))
        self.ok = button(words, "main", on=act)
        foot.addWidget(self.ok)
        body.addLayout(foot)
        self._place.addWidget(frame)
        first = next(iter(form.values()))
        form[first].setFocus(Qt.FocusReason.OtherFocusReason)

    def close_form(self) -> None:
        """Puts the form away."""
        self.form = None
        clear(self._place)

    # -- actions

    def _do(self, name: str, act: Any, known: list[Any] | None = None) -> None:
        if self.form is None:
            return

        def kept() -> bool:
            self.desk.change(name, act, known)
            return True

        if self.form.submit(kept) is not None:
            self.close_form()
            self.refresh()

    def _typed(self) -> dict[str, Any]:
        assert self.form is not None
        return {name: "" if value is None else value for name, value in self.form.values().items()}

    def _found(self) -> None:
        typed, client = self._typed(), self.client
        self._do("households.found", lambda session: households.found(session, client=client, **typed))

    def _join(self) -> None:
        typed, client = self._typed(), self.client
        typed["left_behind"] = typed["left_behind"] or Answer.NOT_ASKED

        def act(session: Any) -> None:
            home = households.of_client(session, client)
            if home is not None:
                households.join(session, home, **typed)

        self._do("households.join", act)

    def _child(self) -> None:
        typed, client, desk = self._typed(), self.client, self.desk
        chosen = typed.pop("record_how")
        how = consents.How(chosen) if chosen else None
        certified = desk.store.officer if how is consents.How.VERBAL else None
        said = consents.Said(consents.State.GIVEN, how, certified_by=certified)
        typed |= {"left_behind": typed["left_behind"] or Answer.NOT_ASKED, "sex": typed["sex"] or Sex.NOT_STATED}
        facts = desk.store.centre()
        more: dict[str, Any] = {
            "desk_code": desk.store.desk_code, "by": desk.store.officer, "on": desk.today(), "home": facts.country,
            "record": said, "statistics": None,
        }  # fmt: skip

        def act(session: Any) -> None:
            home = households.of_client(session, client)
            if home is not None:
                households.register_child(session, home, **{**typed, "birth": typed["birth"] or None}, **more)

        self._do("households.register_child", act)

    def _care(self, member: Membership) -> None:
        typed, client = self._typed(), self.client

        def act(session: Any) -> None:
            home = households.of_client(session, client)
            found = households.members(session, home) if home else []
            carer = next(one for one in found if one.uuid == member.uuid)
            households.care(session, carer, cares_for=typed["cares_for"] or ())

        self._do("households.care", act, [self._known[member.uuid]])
