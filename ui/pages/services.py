"""Whom to call: the office's own numbers and those a corridor's sources print, each confirmed by a person on a day."""

from __future__ import annotations

from functools import partial
from typing import Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from mrc_app.corridors import accepted, confirmations, services
from mrc_app.corridors.catalogue import Contact, Corridor
from mrc_app.corridors.services import Kind, Papers, Service
from mrc_app.i18n import _, ltr
from ui.desk import Desk
from ui.forms import Form
from ui.look import px
from ui.page import Heading, Page
from ui.widgets.choosers import CountryField, LanguagesField, name_of_country
from ui.widgets.controls import Scroll, button, clear
from ui.widgets.dates import screen_date
from ui.widgets.empty import Empty
from ui.widgets.fields import ChoiceField, TextField
from ui.widgets.text import card, chip, label
from ui.words import choices, word


class ServicesPage(Page):
    """The directory. A number nobody confirmed stays off every card."""

    shows: ClassVar[frozenset[str]] = frozenset({"service", "confirmation"})
    nav: ClassVar[str] = "settings"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        scroll = Scroll(spacing=14, widest=920)
        outer.addWidget(scroll)
        self.add = button(_("Add a number"), "main", "plus", self.begin)
        back = button(_("Back"), "quiet", on=lambda: desk.window.show_page("settings"))
        below = _("Call a number yourself before you confirm it. Only confirmed numbers stand on emergency cards.")
        scroll.body.addWidget(Heading(_("Whom to call"), below, back, self.add))
        self._place = QVBoxLayout()
        scroll.body.addLayout(self._place)
        self.form: Form | None = None
        frame, self._own = card(spacing=4)
        scroll.body.addWidget(frame)
        frame, body = card(spacing=8)
        body.addWidget(label(_("Numbers printed by the sources of a corridor"), "heading"))
        corridors = [(one.id, self._corridor_words(one)) for one in desk.read(accepted.corridors) if one.contacts]
        self.corridor = ChoiceField(corridors, empty=_("Choose a corridor"))
        self.corridor.call(_("Corridor"))
        self.corridor.changed.connect(self._show_printed)
        body.addWidget(self.corridor)
        self._printed = QVBoxLayout()
        body.addLayout(self._printed)
        scroll.body.addWidget(frame)

    def _corridor_words(self, one: Corridor) -> str:
        return f"{name_of_country(one.origin)} – {name_of_country(one.destination)}"

    def load(self, id: str) -> None:
        """The whole list; ``id`` may name a corridor."""
        self.close_form()
        if id:
            self.corridor.set_value(id)
        super().load(id)

    def refresh(self) -> None:
        """Reads the directory again."""
        found = self.desk.read(lambda session: services.services(session))
        clear(self._own)
        self._own.addWidget(label(_("Our own list"), "heading"))
        if not found:
            text = _("Add the embassy, a union, a shelter, your own centre: whom would you call first?")
            self._own.addWidget(Empty("phone", _("No numbers yet"), text))
        country = ""
        for one in sorted(found, key=lambda one: one.country):
            if one.country != country:
                country = one.country
                self._own.addWidget(label(name_of_country(country), "overline"))
            self._own.addWidget(self._service(one))
        self._show_printed()

    def _service(self, one: Service) -> QFrame:
        details = [word(one.kind), one.hours, one.cost, ", ".join(one.languages), services.shown_address(one)]
        state = self._state(one.checked_on, one.recheck_on)
        acts = [(_("Another number"), partial(self.renumber, one)), (_("Remove"), partial(self._remove, one))]
        if one.number:
            acts.insert(0, (_("I called it today"), partial(self._confirm, one)))
        return line(one.name, one.number, details, state, acts)

    def _state(self, checked: Any, again: Any) -> tuple[str, str]:
        if checked is None:
            return _("Not yet confirmed here"), "amber"
        if services.is_fresh(checked, again, self.desk.today()):
            return _("Checked on {date}", date=screen_date(checked)), "green"
        return _("Check again: last checked on {date}", date=screen_date(checked)), "red"

    def _show_printed(self) -> None:
        clear(self._printed)
        chosen = self.corridor.value()
        if not chosen:
            return
        contacts = self.desk.read(lambda session: accepted.corridor(session, chosen)).contacts
        checks = self.desk.read(lambda session: confirmations.latest(session, *contacts))
        for one in contacts:
            check = checks.get(one.uuid)
            state = self._state(check.checked_on if check else None, check.recheck_on if check else None)
            acts = [(_("I called it today"), partial(self._confirm_printed, one))]
            details = [one.hours, one.languages, one.source.title, one.as_of]
            self._printed.addWidget(line(one.name, one.value, details, state, acts))

    # -- actions

    def begin(self) -> None:
        """Asks for a new entry."""
        form = Form()
        form.add("kind", _("What it is"), ChoiceField(choices(Kind), empty=None))
        form.add("name", _("Name"), TextField(limit=120))
        form.add("country", _("Country"), CountryField())
        form.add("number", _("Number as it is dialled"), TextField(ordered=True, limit=40))
        form.add("hours", _("Hours"), TextField(limit=120), optional=True)
        form.add("cost", _("What a call costs"), TextField(limit=120), optional=True)
        form.add("languages", _("Languages spoken there"), LanguagesField(), optional=True)
        form.add("safe_without_papers", _("Safe without papers?"), ChoiceField(choices(Papers), empty=None))
        form.add(
            "address", _("Address"), TextField(limit=200), optional=True, span=2,
            hint=_("The address of a shelter is never printed."),
        )  # fmt: skip
        form.fill({"country": self.desk.store.centre().country, "safe_without_papers": Papers.NOT_KNOWN.value})
        self._open(form, _("A number to call"), self._add)

    def renumber(self, one: Service) -> None:
        """Asks for another number; it must be confirmed again."""
        form = Form()
        form.add(
            "number", _("New number of {name}", name=one.name), TextField(ordered=True, limit=40), span=2,
            hint=_("It is unconfirmed until somebody has called it."),
        )  # fmt: skip
        form.fill({"number": one.number})
        self._open(form, one.name, partial(self._renumber, one))

    def _open(self, form: Form, title: str, act: Any) -> None:
        self.close_form()
        self.form = form
        form.submitted.connect(act)
        frame, body = card(spacing=12)
        body.addWidget(label(title, "heading"))
        body.addWidget(form)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(button(_("Cancel"), "quiet", on=self.close_form))
        self.ok = button(_("Keep"), "main", on=act)
        foot.addWidget(self.ok)
        body.addLayout(foot)
        self._place.addWidget(frame)
        form[next(iter(form.values()))].setFocus(Qt.FocusReason.OtherFocusReason)

    def close_form(self) -> None:
        """Puts the form away."""
        self.form = None
        clear(self._place)

    def _keep(self, do: str, act: Any) -> None:
        if self.form is None:
            return

        def kept() -> bool:
            self.desk.change(do, act)
            return True

        if self.form.submit(kept) is not None:
            self.close_form()
            self.refresh()

    def _add(self) -> None:
        assert self.form is not None
        typed: dict[str, Any] = {name: value or "" for name, value in self.form.values().items()}
        typed |= {"kind": Kind(typed["kind"]), "safe_without_papers": Papers(typed["safe_without_papers"])}
        typed["languages"] = tuple(typed["languages"] or ())
        self._keep("services.add", lambda session: services.add(session, **typed))

    def _found(self, session: Any, one: Service) -> Service:
        return next(each for each in services.services(session) if each.uuid == one.uuid)

    def _renumber(self, one: Service) -> None:
        assert self.form is not None
        number = self.form["number"].value() or ""
        self._keep(
            "services.change_number",
            lambda session: services.change_number(session, self._found(session, one), number=number),
        )

    def _confirm(self, one: Service) -> None:
        by, today = self.desk.store.officer, self.desk.today()

        def act(session: Any) -> None:
            services.confirm(session, self._found(session, one), by=by, checked_on=today, today=today)

        self.desk.change("services.confirm", act)
        self.refresh()
        self.desk.window.say(_("Confirmed. It may stand on cards for six months."))

    def _remove(self, one: Service) -> None:
        self.desk.change("services.remove", lambda session: services.remove(session, self._found(session, one)))
        self.refresh()
        self.desk.window.say(_("Removed from the list."))

    def _confirm_printed(self, one: Contact) -> None:
        by, today = self.desk.store.officer, self.desk.today()
        self.desk.change(
            "confirmations.confirm",
            lambda session: confirmations.confirm(session, subject=one, by=by, checked_on=today, today=today),
        )
        self.refresh()
        self.desk.window.say(_("Confirmed. It may stand on cards for six months."))

    def first(self) -> QWidget | None:
        """Add."""
        return self.add


def line(name: str, number: str, details: list[str], state: tuple[str, str], acts: list[tuple[str, Any]]) -> QFrame:
    """One number: who, which number, what else is known, who checked it when, and what can be done."""
    frame = QFrame()
    row = QHBoxLayout(frame)
    row.setContentsMargins(0, px(6), 0, px(6))
    row.setSpacing(px(10))
    words = QVBoxLayout()
    words.setSpacing(px(2))
    words.addWidget(label(f"{name} · {ltr(number)}" if number else name, "strong"))
    words.addWidget(label(" · ".join(part for part in details if part), "small"))
    words.addWidget(chip(*state), 0, Qt.AlignmentFlag.AlignLeading)
    row.addLayout(words, 1)
    for text, act in acts:
        made = button(text, "quiet", on=act)
        made.setAccessibleName(f"{text}: {name}")
        row.addWidget(made)
    return frame
