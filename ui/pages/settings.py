"""Settings: this computer's (language, theme, text, printer, calendar), the centre's facts, and the languages."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mrc_app.calendars import Calendar
from mrc_app.i18n import _, languages
from ui.desk import Desk
from ui.forms import Form
from ui.look import px
from ui.page import Heading, Page
from ui.pages.about import LanguagesCard
from ui.panels.assessment_office import QuestionnairesCard
from ui.panels.lock_card import LockCard
from ui.settings import SCREEN_LANGUAGES, TEXT_SIZES
from ui.widgets.choosers import LanguagesField, name_of_country
from ui.widgets.controls import Scroll, Tile, button
from ui.widgets.dates import CALENDAR_NAMES, DualDateEdit, Preferred
from ui.widgets.fields import LongField, NumberField, SegmentField, TextField
from ui.widgets.text import card, label


class SettingsPage(Page):
    """What can be chosen. Everything about this computer is kept at once."""

    shows = frozenset({"centre", "survey"})
    nav = "settings"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        scroll = Scroll(spacing=16, widest=820)
        outer.addWidget(scroll)
        scroll.body.addWidget(Heading(_("Settings")))
        scroll.body.addWidget(label(_("This computer"), "heading"))
        scroll.body.addWidget(self._computer())
        scroll.body.addWidget(label(_("Hiding and locking"), "heading"))
        self.lock = LockCard(desk)
        scroll.body.addWidget(self.lock)
        scroll.body.addWidget(label(_("The centre"), "heading"))
        scroll.body.addWidget(self._centre())
        services = Tile(
            "phone", _("Numbers and services"), _("Numbers printed on guides, and the day somebody here checked them."),
            partial(desk.window.show_page, "services"),
        )  # fmt: skip
        scroll.body.addWidget(services)
        people = Tile(
            "users", _("People"), _("Who works here, roles and passwords, and a caseload to hand over."),
            partial(desk.window.show_page, "people"),
        )  # fmt: skip
        scroll.body.addWidget(people)
        backups = Tile(
            "save", _("Backups"), _("The copies of this centre file, one for a stick, and how to put one back."),
            partial(desk.window.show_page, "backups"),
        )  # fmt: skip
        scroll.body.addWidget(backups)
        for sign, title, below, page in (
            (
                "hand-heart",
                _("Services to refer to"),
                _("Whom clients are referred to, and when each was confirmed."),
                "providers",
            ),
            ("clipboard-list", _("Requests by authorities"), _("What was asked and what was answered."), "requests"),
            ("folder-open", _("From a partner"), _("A hand-over or a receipt that came as a file."), "arrival"),
            ("file-plus", _("Import a sheet"), _("An old logbook, or an export of KoBo or ODK."), "import_sheet"),
            ("printer", _("Paper forms"), _("Numbered blank forms for the hours without power."), "paper_forms"),
            ("chart-column", _("Ministry desk"), _("The figures of many centres: receive, publish."), "ministry"),
            ("trash-2", _("Keeping and erasing"), _("Records to erase or review; files saved here."), "rights"),
        ):
            scroll.body.addWidget(Tile(sign, title, below, partial(desk.window.show_page, page)))
        self.questions_title = label(_("Questionnaires"), "heading")
        scroll.body.addWidget(self.questions_title)
        self.questionnaires = QuestionnairesCard(desk)
        scroll.body.addWidget(self.questionnaires)
        scroll.body.addWidget(label(_("Languages"), "heading"))
        scroll.body.addWidget(LanguagesCard(desk))

    def _computer(self) -> QWidget:
        settings = self.desk.settings
        frame, body = card(margin=24)
        self.computer = form = Form(columns=1)
        speech = [(code, languages()[code].autonym) for code in SCREEN_LANGUAGES]
        themes = [("system", _("As the computer")), ("light", _("Light")), ("dark", _("Dark"))]
        sizes = [(size, f"{size} %") for size in TEXT_SIZES]
        calendars = [
            ("", _("As the language")),
            *((calendar.value, _(name)) for calendar, name in CALENDAR_NAMES.items()),
        ]
        form.add("language", _("Language of the screen"), SegmentField(speech))
        form.add("theme", _("Colours"), SegmentField(themes))
        form.add("text_size", _("Size of the text"), SegmentField(sizes))
        form.add("calendar", _("Calendar for dates"), SegmentField(calendars))
        form.add("printer", _("Is there a printer at this desk?"), SegmentField([(True, _("Yes")), (False, _("No"))]))
        form.fill(vars(settings))
        form.changed.connect(self._keep)
        body.addWidget(form)
        return frame

    def _keep(self) -> None:
        settings = self.desk.settings
        said = self.computer.values()
        changed = {
            name: value for name, value in said.items() if value is not None and value != getattr(settings, name)
        }
        if not changed:
            return
        for name, value in changed.items():
            setattr(settings, name, value)
        settings.keep()
        Preferred.calendar = Calendar(settings.calendar) if settings.calendar else None
        if set(changed) - {"printer"}:
            QTimer.singleShot(0, self.desk.window.dress)

    def _centre(self) -> QWidget:
        frame, body = card(margin=24)
        self.centre = form = Form()
        form.add("name", _("Name of the centre"), TextField(), span=2)
        form.add("phone", _("Phone of the centre"), TextField(ordered=True), optional=True)
        form.add("phone_checked", _("Day somebody called it and it worked"), DualDateEdit(), optional=True)
        form.add("address", _("Address"), LongField(lines=2), optional=True)
        form.add("address_checked", _("Day somebody checked the address"), DualDateEdit(), optional=True)
        form.add("languages", _("Languages spoken at the counter"), LanguagesField(), span=2)
        form.add(
            "review_months", _("Months after the last contact until a record is reviewed"), NumberField(),
            hint=_("24 where nothing stands here."), optional=True,
        )  # fmt: skip
        form.add(
            "attachment_mb", _("Largest paper that can be kept, in MB"), NumberField(),
            hint=_("15 where nothing stands here, 40 at most."), optional=True,
        )  # fmt: skip
        yes_no = [(True, _("Yes, each marked as a draft")), (False, _("No, only what a speaker has signed"))]
        form.add("print_drafts", _("Are draft translations printed?"), SegmentField(yes_no, stacked=True), span=2)
        digits = [(False, _("Western: 0 1 2 3")), (True, _("Those of her language; phones and money stay Western"))]
        form.add("own_digits", _("Digits in guides"), SegmentField(digits, stacked=True), span=2)
        form.submitted.connect(self.save)
        self.country = label("", "small")
        body.addWidget(form)
        body.addWidget(self.country)
        self.save_button = button(_("Save"), "main", on=self.save)
        body.addWidget(self.save_button)
        body.setAlignment(self.save_button, Qt.AlignmentFlag.AlignLeft)
        body.setSpacing(px(14))
        return frame

    def refresh(self) -> None:
        """Shows the centre as it is kept."""
        from mrc_app.casework import centres

        self.lock.tell()
        self.questionnaires.tell()
        self.questions_title.setVisible(not self.questionnaires.isHidden())
        facts = self.desk.store.centre()
        self.centre.fill({
            "name": facts.name, "phone": facts.phone, "address": facts.address, "languages": facts.languages,
            "phone_checked": _day(facts.phone_checked), "address_checked": _day(facts.address_checked),
            **{name: facts.settings.get(name) for name in ("review_months", "attachment_mb")},
            "print_drafts": centres.drafts_allowed(facts.settings),
            "own_digits": centres.own_digits(facts.settings),
        })  # fmt: skip
        self.country.setText(_("Country: {country}. It cannot be changed.", country=name_of_country(facts.country)))

    def save(self) -> None:
        """Keeps the centre's facts."""
        from mrc_app.casework import centres

        said, today = self.centre.values(), self.desk.today()

        def action() -> Any:
            return self.desk.change("centres.amend", lambda session: centres.amend(session, changes=said, today=today))

        if self.centre.submit(action):
            self.desk.window.say(_("Kept."))

    def kept(self) -> dict[str, Any]:
        """The centre's fields as typed."""
        return self.centre.values()

    def restore(self, kept: dict[str, Any]) -> None:
        """Puts them back."""
        self.centre.fill(kept)

    def first(self) -> QWidget | None:
        """The language."""
        return self.computer["language"]


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
