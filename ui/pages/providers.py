"""The directory of services a client can be referred to: found while one types, each with the day somebody confirmed
it."""

from __future__ import annotations

from functools import partial
from typing import Any, ClassVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from mrc_app.casework import providers
from mrc_app.casework.provider_words import ABROAD_FOR_A_STATE, Confirmed, ProviderKind
from mrc_app.casework.providers import Provider
from mrc_app.i18n import _, isolate, ltr, ngettext
from ui.desk import Desk, Session
from ui.forms import Form
from ui.icons import icon
from ui.list_page import PATIENCE_MS
from ui.look import px
from ui.page import Heading, Page
from ui.pages.recruiter_forms import FormPlace
from ui.panels.journey_asked import TextsField
from ui.widgets.choosers import CountryField, LanguagesField, name_of_country
from ui.widgets.controls import Scroll, button, clear
from ui.widgets.dates import screen_date
from ui.widgets.empty import Empty
from ui.widgets.fields import ChoiceField, LongField, TextField
from ui.widgets.text import card, chip, label, leading
from ui.words import choices, language_name, word

SHOWN = 30
TONES = {Confirmed.NEVER: "amber", Confirmed.FRESH: "green", Confirmed.STALE: "red"}
NEEDS_STATE = frozenset(kind.value for kind in ABROAD_FOR_A_STATE)


class ProvidersPage(Page):
    """Services, a page at a time."""

    shows: ClassVar[frozenset[str]] = frozenset({"provider"})
    nav: ClassVar[str] = "settings"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        scroll = Scroll(spacing=14, widest=920)
        outer.addWidget(scroll)
        self.add = button(_("Add a service"), "main", "plus", self.begin)
        back = button(_("Back"), "quiet", on=partial(desk.window.show_page, "settings"))
        below = _("Whom clients are referred to. Ask each service twice a year whether this still holds.")
        scroll.body.addWidget(Heading(_("Services to refer to"), below, back, self.add))
        scroll.body.addLayout(self._search())
        self.place = FormPlace()
        scroll.body.addWidget(self.place)
        self.count = label("", "small")
        scroll.body.addWidget(self.count)
        frame, self._list = card(spacing=2)
        scroll.body.addWidget(frame)
        self.more = button(_("Show more"), "", on=self._more)
        scroll.body.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeading)
        self._after: tuple[str, str] = providers.FIRST
        self.found: list[Provider] = []

    def _search(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(px(10))
        self.sought = QLineEdit()
        self.sought.setPlaceholderText(_("Name, service or phone"))
        self.sought.setAccessibleName(_("Search services"))
        self.sought.setAlignment(leading() | Qt.AlignmentFlag.AlignVCenter)
        self.sought.addAction(icon("search", "muted"), QLineEdit.ActionPosition.LeadingPosition)
        for part in self.sought.findChildren(QWidget):
            part.setAccessibleName(_("Search services"))
        self.kind = ChoiceField(choices(ProviderKind), empty=_("Every kind"))
        self.kind.call(_("Kind of service"))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.refresh)
        self.sought.textChanged.connect(lambda *_: self._timer.start(PATIENCE_MS))
        self.kind.changed.connect(self.refresh)
        row.addWidget(self.sought, 2)
        row.addWidget(self.kind, 1)
        return row

    def refresh(self) -> None:
        """Reads the first page again."""
        self._ask(providers.FIRST)

    def _more(self) -> None:
        self._ask(self._after)

    def _ask(self, after: tuple[str, str]) -> None:
        text, kind = self.sought.text().strip(), self.kind.value()
        chosen = ProviderKind(kind) if kind else None

        def question(session: Session) -> tuple[list[Any], int]:
            return providers.directory(session, text, after, SHOWN, kind=chosen), providers.count(session)

        self.desk.ask(self, question, partial(self._show, after))

    def _show(self, after: tuple[str, str], told: tuple[list[Any], int]) -> None:
        page, total = told
        if after == providers.FIRST:
            clear(self._list)
            self.found = []
        for one, place in page:
            self._list.addWidget(self._row(one))
            self.found.append(one)
            self._after = place
        self.count.setText(ngettext("{n} service", "{n} services", total))
        self.count.setVisible(bool(total))
        self.more.setVisible(len(page) == SHOWN)
        if not self.found:
            text = _("Legal help, a shelter, a union, the labour office: whom would you send somebody to?")
            self._list.addWidget(Empty("hand-heart", _("No service found"), text))

    def _row(self, one: Provider) -> QFrame:
        frame = QFrame()
        row = QHBoxLayout(frame)
        row.setContentsMargins(0, px(8), 0, px(8))
        words = QVBoxLayout()
        words.setSpacing(px(2))
        words.addWidget(label(f"{isolate(one.name)} · {ltr(one.phone)}" if one.phone else isolate(one.name), "strong"))
        for line in details(one):
            words.addWidget(label(line, "small"))
        words.addWidget(chip(*self._state(one)), 0, Qt.AlignmentFlag.AlignLeading)
        row.addLayout(words, 1)
        for text, act in (
            (_("It still holds"), self.confirm),
            (_("Change"), self.begin_change),
            (_("Remove"), self.remove),
        ):
            made = button(text, "quiet", on=partial(act, one))
            made.setAccessibleName(f"{text}: {one.name}")
            row.addWidget(made, 0, Qt.AlignmentFlag.AlignTop)
        return frame

    def _state(self, one: Provider) -> tuple[str, str]:
        state = providers.confirmed(one, self.desk.today())
        if one.confirmed_on is None:
            return word(state), TONES[state]
        said = _("Confirmed on {date}") if state is Confirmed.FRESH else _("Confirm it again: last done on {date}")
        return said.format(date=screen_date(one.confirmed_on)), TONES[state]

    # -- actions

    def begin(self) -> None:
        """Asks for a new one."""
        form = provider_form()
        form.fill({"country": self.desk.store.centre().country})
        self.place.open("new", form, _("A service"), self._add, self.refresh)

    def begin_change(self, one: Provider) -> None:
        """Asks what has changed."""
        form = provider_form()
        kept = {name: getattr(one, name) for name in form.values()}
        form.fill({**kept, "kind": one.kind.value, "speaks_for": one.speaks_for or None})
        self.place.open("change", form, isolate(one.name), partial(self._amend, one.uuid), self.refresh)

    def _add(self, typed: dict[str, Any]) -> None:
        kept = {name: value for name, value in typed.items() if value}
        self.desk.change("providers.add", lambda session: providers.add(session, **{"kind": "", **kept}))

    def _amend(self, uuid: str, typed: dict[str, Any]) -> None:
        changes = {name: "" if value is None else value for name, value in typed.items()}
        self.desk.change(
            "providers.amend",
            lambda session: providers.amend(session, providers.by_uuid(session, uuid), changes=changes),
        )

    def confirm(self, one: Provider) -> None:
        """Somebody reached it today, and what stands here is right."""
        by, today = self.desk.store.officer, self.desk.today()
        self.desk.change(
            "providers.confirm",
            lambda session: providers.confirm(session, providers.by_uuid(session, one.uuid), by=by, today=today),
        )
        self.refresh()
        self.desk.window.say(_("Confirmed. It will be asked again in six months."))

    def remove(self, one: Provider) -> None:
        """Takes it off the directory."""
        self.desk.change(
            "providers.remove", lambda session: providers.remove(session, providers.by_uuid(session, one.uuid))
        )
        self.refresh()
        self.desk.window.say(_("Removed from the list."))

    def first(self) -> QWidget | None:
        """The search."""
        return self.sought


def details(one: Provider) -> list[str]:
    """What else is known of a service, in two lines. A shelter has no address to show."""
    where = name_of_country(one.country)
    if one.speaks_for:
        where = _("{country}, for {state}", country=where, state=name_of_country(one.speaks_for))
    first = " · ".join(filter(None, (word(one.kind), where, *map(isolate, one.services))))
    spoken = ", ".join(language_name(code) for code in one.languages)
    second = " · ".join(filter(None, (isolate(one.hours) if one.hours else "", spoken, one.address, one.note)))
    return [line for line in (first, second) if line]


def provider_form() -> Form:
    """What is asked about a service. A shelter is not asked for an address."""
    form = Form()
    kind = form.add("kind", _("What it is"), ChoiceField(choices(ProviderKind), empty=""))
    form.add("name", _("Name"), TextField(limit=120))
    form.add("country", _("Country where it stands"), CountryField())
    form.add("speaks_for", _("Country it speaks for"), CountryField())
    form.add("phone", _("Phone"), TextField(ordered=True, limit=60), optional=True)
    form.add("hours", _("Hours"), TextField(limit=120), optional=True)
    commas = _("Separate several with commas.")
    form.add("services", _("What it does"), TextsField(limit=400), hint=commas, optional=True, span=2)
    form.add("languages", _("Languages spoken there"), LanguagesField(), optional=True, span=2)
    form.add("address", _("Address"), TextField(limit=200), optional=True, span=2)
    form.add("note", _("Note"), LongField(lines=2), optional=True, span=2)

    def turn() -> None:
        form.show_row("speaks_for", kind.value() in NEEDS_STATE)
        form.show_row("address", kind.value() != "shelter" or bool(form["address"].value()))

    for name in ("kind", "address"):
        form[name].changed.connect(turn)
    turn()
    return form
