"""The second step of an import: which column becomes what, in which calendar, and how these people agreed."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from mrc_app.calendars import Calendar
from mrc_app.casework.client_births import CALENDARS
from mrc_app.casework.consents import How
from mrc_app.exchange.sheets_mapping import DAYS, STABLE, Mapping, suggested
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
    "consent_record": N_("Agreed to a record"),
    "consent_how": N_("How she agreed"),
    "consent_statistics": N_("Agreed to be counted"),
}
"""The fields offered on the screen; a mapping file may name others."""
WORDED = frozenset({
    "sex", "nationality", "origin_country", "location_country", "language", "kind", "stage", "education",
    "contact_mode", "contact_topics", "consent_record", "consent_how", "consent_statistics",
})  # fmt: skip
"""Fields of known words, for which a logbook may have words of its own."""


class MappingForm(QWidget):
    """Everything that has to be said about a sheet before it can be tried."""

    def __init__(self, header: tuple[str, ...], samples: list[str], before: Mapping | None, source: str) -> None:
        super().__init__()
        self.header, self.before = header, before
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
        guessed = {one.header: one.field for one in before.column} if before else suggested(header)
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
        add("how", _("How did these people agree to a record?"), SegmentField(choices(How)), span=2, optional=True,
            hint=_("Leave it empty where a column says so for each row."))  # fmt: skip
        add("statement", _("Where is that written?"), TextField(limit=200), span=2, optional=True)
        add("statistics", _("May they be counted without their names?"),
            SegmentField([("given", _("Yes, they agreed")), ("refused", _("No")), ("not_asked", _("Not asked"))]),
            span=2, optional=True)  # fmt: skip
        add("hold", _("Likely duplicates"), TickField(_("Do not import who may be registered already")), optional=True)
        stable = next((one for one in self.header if one.rsplit("/", 1)[-1] in STABLE), None)
        consent = before.consent if before else None
        self.form.fill({
            "source": before.source if before else source, "external": (before.external if before else None) or stable,
            "how": consent.how if consent else None, "statement": consent.statement if consent else None,
            "statistics": consent.statistics if consent else None,
            "hold": before is not None and before.duplicates == "hold",
        })  # fmt: skip

    def _line(self, header: str, sample: str, field: str | None) -> None:
        row = self._grid.rowCount()
        said = isolate(header) + (f"  ({isolate(sample)})" if sample else "")
        self._grid.addWidget(Elided(said), row, 0)
        becomes = ChoiceField([(name, _(text)) for name, text in FIELDS.items()], _("leave out"))
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
        becomes.set_value(field if field in FIELDS else None)
        self._fit(header)

    def _fit(self, header: str) -> None:
        field = self.fields[header].value()
        self.calendars[header].setVisible(field in DAYS or field == "birth_year")
        self.words[header].setVisible(field in WORDED)

    def _column(self, header: str) -> dict[str, Any]:
        calendar, _colon, order = str(self.calendars[header].value()).partition(":")
        words = _pairs(self.words[header].value() or "")
        said = {"header": header, "field": self.fields[header].value(), "values": words}
        return {**said, "calendar": calendar, "order": order}

    def typed(self) -> dict[str, Any]:
        """The mapping as it stands on the screen, for ``sheets_mapping.mapping_of``."""
        said = self.form.values()
        kept = self.before.model_dump(mode="json") if self.before else {}
        same = {one["header"]: one for one in kept.get("column", ())}
        columns = [{**same.get(one, {}), **self._column(one)} for one in self.fields if self.fields[one].value()]
        hidden = [one for one in kept.get("column", ()) if one["field"] not in FIELDS]
        consent = None
        if said["how"]:
            statistics = said["statistics"] or "not_asked"
            consent = {"how": said["how"], "statement": said["statement"] or "", "statistics": statistics}
        return {
            **kept, "source": said["source"] or "", "external": said["external"] or "", "consent": consent,
            "duplicates": "hold" if said["hold"] else "warn",
            "column": [*columns, *(one for one in hidden if not self.fields[one["header"]].value())],
        }  # fmt: skip


def _pairs(text: str) -> dict[str, str]:
    """ "KSA = SA, UAE = AE" as what it says."""
    halves = (part.partition("=") for part in text.split(",") if "=" in part)
    return {before.strip(): after.strip() for before, _equals, after in halves}
