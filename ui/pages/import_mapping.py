"""The second step of an import: which column becomes what, in which calendar, and how these people agreed."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from mrc_app.calendars import Calendar
from mrc_app.casework.client_births import CALENDARS, AgeBand
from mrc_app.casework.client_words import Kind, Sex
from mrc_app.casework.consents import How
from mrc_app.casework.events import Item
from mrc_app.exchange.sheets_mapping import DAYS, STABLE, Mapping, suggested
from mrc_app.exchange.sheets_words import COUNTRIES, LISTED
from mrc_app.i18n import N_, _, isolate
from ui.forms import Form
from ui.look import px
from ui.widgets.fields import ChoiceField, SegmentField, TextField, TickField
from ui.widgets.text import Elided, label
from ui.words import choices

MOST = 80
"""Columns shown."""
FIELDS = {
    "call_name": N_("Name to call her by"),
    "given": N_("Given name"),
    "father": N_("Father's name"),
    "grandfather": N_("Grandfather's name"),
    "native": N_("Name in her own script"),
    "sex": N_("Sex"),
    "birth_date": N_("Date of birth"),
    "birth_year": N_("Year of birth"),
    "birth_age": N_("Age"),
    "phone": N_("Phone"),
    "district": N_("District"),
    "place": N_("Town or village"),
    "nationality": N_("Nationality"),
    "origin_country": N_("Country of origin"),
    "location_country": N_("Country where she is now"),
    "language": N_("Language"),
    "kind": N_("Kind of client"),
    "stage": N_("Stage of migration"),
    "education": N_("Education"),
    "passport": N_("Passport"),
    "passport_expiry": N_("Passport valid until"),
    "note": N_("Note"),
    "registered_on": N_("Day of registration"),
    "contact_on": N_("Day of the talk"),
    "contact_mode": N_("How the talk was held"),
    "contact_minutes": N_("Minutes"),
    "contact_topics": N_("Topics"),
    "contact_result": N_("What came of it"),
    "contact_follow_up_on": N_("Day of the next talk"),
    "journey_destination": N_("Journey: to which country"),
    "journey_origin": N_("Journey: from which country"),
    "journey_stage": N_("Journey: how far it has come"),
    "journey_sector": N_("Journey: kind of work"),
    "journey_employer": N_("Journey: employer"),
    "journey_agency": N_("Journey: agency"),
    "journey_recruited_through": N_("Journey: how the job was found"),
    "journey_wage": N_("Journey: wage"),
    "journey_wage_currency": N_("Journey: currency of the wage"),
    "journey_departs_on": N_("Journey: day of departure"),
    "journey_returned_on": N_("Journey: day of return"),
    "case_categories": N_("Complaint: what it is about"),
    "case_lodged_on": N_("Complaint: since when"),
    "case_against": N_("Complaint: against whom"),
    "case_country": N_("Complaint: country"),
    "case_state": N_("Complaint: where it stands"),
    "case_state_on": N_("Complaint: since when it stands there"),
    "case_outcome": N_("Complaint: what came of it"),
    "case_outcome_on": N_("Complaint: day of the outcome"),
    "case_note": N_("Complaint: note"),
    "consent_record": N_("Agreed to a record"),
    "consent_how": N_("How she agreed"),
    "consent_statistics": N_("Agreed to be counted"),
    "consent_complaint": N_("Agreed that we take the complaint up"),
}
"""The fields offered on the screen; a mapping file may name others."""
EVENT_FIELDS = {
    "on": N_("Day"),
    "place": N_("Place"),
    "type": N_("Kind of event"),
    "people": N_("How many people came"),
    **{f"sex_{one.value}": one.label for one in Sex},
    **{f"age_{one.value}": one.label for one in AgeBand},
    **{f"kind_{one.value}": one.label for one in Kind},
    **{f"materials_{one.value}": one.label for one in Item},
    "district": N_("District"),
    "topics": N_("Topics"),
    "language": N_("Language"),
    "partner": N_("With whom?"),
    "minutes": N_("Minutes"),
    "audience": N_("Estimated audience"),
    "note": N_("Note"),
}
"""The fields of a logbook of events."""
WORDED = LISTED.keys() | COUNTRIES | {"language", "consent_record", "consent_how", "consent_statistics"}
"""Fields of known words, for which a logbook may have words of its own."""


class MappingForm(QWidget):
    """Everything that has to be said about a sheet before it can be tried."""

    def __init__(
        self, header: tuple[str, ...], samples: list[str], before: Mapping | None, source: str, target: str = ""
    ) -> None:
        super().__init__()
        self.target = target or (before.target if before else "clients")
        self.header, self.before = header, before if before and before.target == self.target else None
        before = self.before
        self.offered = EVENT_FIELDS if self.target == "events" else FIELDS
        self.explained: dict[str, dict[str, str]] = {}
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(px(14))
        self.form = Form()
        self._ask_about(source)
        outer.addWidget(self.form)
        outer.addWidget(label(_("What does each column hold?"), "heading"))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(px(12))
        self._grid.setVerticalSpacing(px(8))
        for column, wide in enumerate((3, 3, 3)):
            self._grid.setColumnStretch(column, wide)
        outer.addLayout(self._grid)
        self.fields: dict[str, ChoiceField] = {}
        self.calendars: dict[str, ChoiceField] = {}
        self.words: dict[str, TextField] = {}
        guessed = {one.header: one.field for one in before.column} if before else suggested(header, self.target)
        for one, sample in list(zip(header, samples, strict=False))[:MOST]:
            if one and one not in self.fields:
                self._line(one, sample, guessed.get(one))

    def _ask_about(self, source: str) -> None:
        add, before = self.form.add, self.before
        add("source", _("Name of this logbook or form"), TextField(limit=80),
            hint=_("Rows are known again under this name. Keep it the same every month."))  # fmt: skip
        ids = [(one, one) for one in self.header if one]
        add("external", _("Column with a number or id of its own for each row"), ChoiceField(ids, _("none")),
            optional=True)  # fmt: skip
        stable = next((one for one in self.header if one.rsplit("/", 1)[-1] in STABLE), None)
        known = {"source": before.source if before else source,
                 "external": (before.external if before else None) or stable}  # fmt: skip
        if self.target == "events":
            self.form.fill(known)
            return
        add("person", _("Column with the number a person has in this book"), ChoiceField(ids, _("none")),
            hint=_("Rows with the same number are about one person."), optional=True)  # fmt: skip
        add("how", _("How did these people agree to a record?"), SegmentField(choices(How)), span=2, optional=True,
            hint=_("Leave it empty where a column says so for each row."))  # fmt: skip
        add("statement", _("Where is that written?"), TextField(limit=200), span=2, optional=True)
        add("statistics", _("May they be counted without their names?"),
            SegmentField([("given", _("Yes, they agreed")), ("refused", _("No")), ("not_asked", _("Not asked"))]),
            span=2, optional=True)  # fmt: skip
        add("hold", _("Likely duplicates"), TickField(_("Do not import who may be registered already")), optional=True)
        consent = before.consent if before else None
        self.form.fill({
            **known, "person": (before.person if before else None) or None,
            "how": consent.how if consent else None, "statement": consent.statement if consent else None,
            "statistics": consent.statistics if consent else None,
            "hold": before is not None and before.duplicates == "hold",
        })  # fmt: skip

    def _line(self, header: str, sample: str, field: str | None) -> None:
        row = self._grid.rowCount()
        said = isolate(header) + (f"  ({isolate(sample)})" if sample else "")
        self._grid.addWidget(Elided(said), row, 0)
        becomes = ChoiceField([(name, _(text)) for name, text in self.offered.items()], _("leave out"))
        becomes.call(_("What “{column}” holds", column=header))
        days = [(f"{one.value}:dmy", _(CALENDARS[one])) for one in Calendar]
        calendar = ChoiceField([*days, ("gregorian:mdy", _("Gregorian calendar, month first"))], None)
        calendar.call(_("Calendar of “{column}”", column=header))
        words = TextField(_("Words: KSA = SA, UAE = AE"), limit=2000)
        words.call(_("Words of “{column}” and what they mean", column=header))
        kept = next((one for one in self.before.column if one.header == header), None) if self.before else None
        if kept is not None:
            calendar.set_value(f"{kept.calendar.value}:{'mdy' if kept.order == 'mdy' else 'dmy'}")
            words.set_value(", ".join(f"{one} = {other}" for one, other in kept.values.items()))
        for column, part in ((1, becomes), (2, calendar), (2, words)):
            self._grid.addWidget(part, row, column)
        self.fields[header], self.calendars[header], self.words[header] = becomes, calendar, words
        becomes.changed.connect(partial(self._fit, header))
        becomes.set_value(field if field in self.offered else None)
        self._fit(header)

    def _fit(self, header: str) -> None:
        field = self.fields[header].value()
        self.calendars[header].setVisible(field in DAYS or field == "birth_year")
        self.words[header].setVisible(field in WORDED)

    def _column(self, header: str) -> dict[str, Any]:
        calendar, _colon, order = str(self.calendars[header].value()).partition(":")
        words = _pairs(self.words[header].value() or "") | self.explained.get(header, {})
        said = {"header": header, "field": self.fields[header].value(), "values": words}
        return {**said, "calendar": calendar, "order": order}

    def typed(self) -> dict[str, Any]:
        """The mapping as it stands on the screen, for ``sheets_mapping.mapping_of``."""
        said = self.form.values()
        kept = self.before.model_dump(mode="json") if self.before else {}
        same = {one["header"]: one for one in kept.get("column", ())}
        columns = [{**same.get(one, {}), **self._column(one)} for one in self.fields if self.fields[one].value()]
        hidden = [one for one in kept.get("column", ()) if one["field"] not in self.offered]
        rest = [*columns, *(one for one in hidden if not self.fields[one["header"]].value())]
        known = {**kept, "source": said["source"] or "", "external": said["external"] or "", "target": self.target,
                 "column": rest}  # fmt: skip
        if self.target == "events":
            return known
        consent = None
        if said["how"]:
            statistics = said["statistics"] or "not_asked"
            consent = {"how": said["how"], "statement": said["statement"] or "", "statistics": statistics}
        return {
            **known, "consent": consent, "person": said["person"] or "",
            "duplicates": "hold" if said["hold"] else "warn",
        }  # fmt: skip


def _pairs(text: str) -> dict[str, str]:
    """ "KSA = SA, UAE = AE" as what it says."""
    halves = (part.partition("=") for part in text.split(",") if "=" in part)
    return {before.strip(): after.strip() for before, _equals, after in halves}
