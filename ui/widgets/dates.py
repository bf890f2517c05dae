"""Dates in the calendar people count in, the other calendar always in sight; births as far as anybody knows."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from mrc_app.calendars import NATIONAL, Calendar, month_names, months_in_year, to_gregorian, written
from mrc_app.errors import Invalid
from mrc_app.i18n import N_, _, isolate, screen_language
from ui.look import px
from ui.widgets.controls import CalmCombo
from ui.widgets.fields import Field, SegmentField, TextField, TickField
from ui.widgets.text import label

CALENDAR_NAMES = {
    Calendar.GREGORIAN: N_("Gregorian"),
    Calendar.ETHIOPIAN: N_("Ethiopian"),
    Calendar.BIKRAM_SAMBAT: N_("Bikram Sambat"),
    Calendar.HIJRI: N_("Hijri"),
    Calendar.SOLAR_HIJRI: N_("Solar Hijri"),
}


class Preferred:
    """The calendar a new date field begins with; the centre's country or the settings say it."""

    calendar: Calendar | None = None


def preferred_calendar() -> Calendar:
    """The calendar dates are typed in first."""
    return Preferred.calendar or NATIONAL.get(screen_language().code, Calendar.GREGORIAN)


def screen_date(day: date) -> str:
    """A date as the screen writes it: in the preferred calendar first, Gregorian beside it when that is another one."""
    code = screen_language().code
    chosen = preferred_calendar()
    if chosen is Calendar.GREGORIAN:
        return written(day, code)
    return f"{written(day, code, chosen)} ({isolate(written(day, code))})"


class DualDateEdit(Field):
    """Day, month, year and the calendar they are in; below it the same day in the other calendar.

    The value is a Gregorian ``date``, None when empty, or the typed text when it is no day (the action refuses it).
    With ``partial`` the value is ``{"date"|"year": text, "calendar": word}`` and day or month may be missing.
    """

    def __init__(self, *, partial: bool = False) -> None:
        super().__init__()
        self._partial = partial
        self.day, self.year = QLineEdit(), QLineEdit()
        self.month, self.calendar = CalmCombo(), CalmCombo()
        for line, length, hint in ((self.day, 2, _("Day")), (self.year, 4, _("Year"))):
            line.setMaxLength(length)
            line.setPlaceholderText(hint)
            line.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
            line.setAlignment(Qt.AlignmentFlag.AlignCenter)
            line.setFixedWidth(px(58 if length == 2 else 74))
        for calendar, name in CALENDAR_NAMES.items():
            self.calendar.addItem(_(name), calendar)
        self.calendar.setCurrentIndex(self.calendar.findData(preferred_calendar()))
        self.same = label("", "small")
        row = self._row = QGridLayout()
        row.setSpacing(px(8))
        row.setColumnStretch(1, 3)
        for place, part in enumerate((self.day, self.month, self.year)):
            row.addWidget(part, 0, place)
        self._lay(wide=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(4))
        column.addLayout(row)
        column.addWidget(self.same)
        self.setFocusProxy(self.day)
        self._months()
        self.calendar.currentIndexChanged.connect(self._turned)
        self.month.currentIndexChanged.connect(self._told)
        self.day.textChanged.connect(self._told)
        self.year.textChanged.connect(self._told)
        self._told()

    def _lay(self, *, wide: bool) -> None:
        self._row.setColumnStretch(3, 2 if wide else 0)
        self._row.addWidget(self.calendar, *((0, 3) if wide else (1, 0, 1, 3)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The calendar stands below the day where there is no room beside it."""
        super().resizeEvent(event)
        self._lay(wide=self.width() >= px(430))

    def _chosen(self) -> Calendar:
        return Calendar(self.calendar.currentData())

    def _months(self) -> None:
        kept = self.month.currentIndex()
        self.month.blockSignals(True)
        self.month.clear()
        self.month.addItem(_("Month"), 0)
        names = month_names(self._chosen(), screen_language().code)
        for number in range(months_in_year(self._chosen())):
            self.month.addItem(f"{number + 1}  {names[number]}", number + 1)
        self.month.setCurrentIndex(kept if 0 <= kept < self.month.count() else 0)
        self.month.blockSignals(False)

    def _turned(self) -> None:
        self._months()
        self._told()

    def _numbers(self) -> tuple[str, int, str]:
        return self.year.text().strip(), int(self.month.currentData() or 0), self.day.text().strip()

    def _whole(self) -> date | None:
        year, month, day = self._numbers()
        if not (year.isdecimal() and day.isdecimal() and month):
            return None
        try:
            return to_gregorian(int(year), month, int(day), self._chosen())
        except Invalid:
            return None

    def _told(self, *_ignored: object) -> None:
        whole = self._whole()
        self.same.setText(self._other(whole) if whole else "")
        self.same.setVisible(whole is not None)
        self.changed.emit()

    def _other(self, day: date) -> str:
        code, here = screen_language().code, self._chosen()
        other = Calendar.GREGORIAN if here is not Calendar.GREGORIAN else preferred_calendar()
        if other is here:
            other = NATIONAL.get(code, Calendar.GREGORIAN)
        if other is here:
            return written(day, code)
        return _("Same day: {date}", date=written(day, code, other))

    def said(self) -> str:
        """What was typed, year first, as far as it goes: "1995", "1995-03", "1995-03-12"; empty when nothing was."""
        year, month, day = self._numbers()
        parts = [year] if year else []
        if month and year:
            parts.append(f"{month:02}")
            if day:
                parts.append(day.zfill(2))
        return "-".join(parts) or "-".join(filter(None, (str(month or ""), day)))

    def value(self) -> Any:
        said = self.said()
        if not said:
            return None
        if self._partial:
            way = "date" if "-" in said else "year"
            return {way: said, "calendar": self._chosen().value}
        return self._whole() or said

    def set_value(self, value: Any) -> None:
        if isinstance(value, dict):
            self._show(str(value.get("date") or value.get("year") or ""), Calendar(value.get("calendar", "gregorian")))
        elif isinstance(value, date):
            from mrc_app.calendars import covers, from_gregorian

            chosen = self._chosen() if covers(value, self._chosen()) else Calendar.GREGORIAN
            found = from_gregorian(value, chosen)
            self._show(f"{found.year}-{found.month:02}-{found.day:02}", chosen)
        elif value:
            try:
                self.set_value(date.fromisoformat(str(value)))
            except ValueError:
                self._show(str(value), self._chosen())
        else:
            self._show("", self._chosen())

    def _show(self, said: str, calendar: Calendar) -> None:
        year, month, day = (*said.split("-"), "", "")[:3]
        self.calendar.setCurrentIndex(self.calendar.findData(calendar))
        self.year.setText(year)
        self.month.setCurrentIndex(int(month) if month.isdecimal() and int(month) < self.month.count() else 0)
        self.day.setText(str(int(day)) if day.isdecimal() else day)

    def controls(self) -> list[QWidget]:
        return [self.day, self.month, self.year, self.calendar]

    def call(self, name: str) -> None:
        parts = (_("day"), _("month"), _("year"), _("calendar"))
        for part, word in zip(self.controls(), parts, strict=True):
            part.setAccessibleName(f"{name}: {word}" if name else word)


class BirthField(Field):
    """A date of birth, or an age; day and month may stay empty, a guess is marked. Value: ``birth`` of register."""

    def __init__(self) -> None:
        super().__init__()
        self.way = SegmentField([("date", _("Date or year of birth")), ("age", _("Age only"))])
        self.date = DualDateEdit(partial=True)
        self.age = TextField(_("Age in years"), ordered=True, limit=3)
        self.age.setMaximumWidth(px(160))
        self.estimated = TickField(_("This is an estimate"))
        self._column(self.way, self.date, self.age, self.estimated)
        self.way.set_value("date")
        self._turn()
        self.way.changed.connect(self._turn)
        for part in (self.date, self.age, self.estimated):
            part.changed.connect(self.changed.emit)

    def _turn(self) -> None:
        by_age = self.way.value() == "age"
        self.date.setVisible(not by_age)
        self.age.setVisible(by_age)
        if by_age:
            self.estimated.set_value(True)
        self.changed.emit()

    def value(self) -> dict[str, object] | None:
        if self.way.value() == "age":
            said: dict[str, object] = {"age": self.age.value()} if self.age.value() else {}
        else:
            said = dict(self.date.value() or {})
        return {**said, "estimated": self.estimated.value()} if said else None

    def set_value(self, value: Any) -> None:
        said = dict(value or {})
        self.way.set_value("age" if said.get("age") not in (None, "") else "date")
        self._turn()
        self.age.set_value(said.get("age"))
        self.date.set_value(said or None)
        self.estimated.set_value(bool(said.get("estimated")))

    def controls(self) -> list[QWidget]:
        return [*self.way.controls(), *self.date.controls(), *self.age.controls(), *self.estimated.controls()]

    def call(self, name: str) -> None:
        self.way.call(name)
        self.date.call(name)
        self.age.call(f"{name}: {_('Age in years')}")
        self.estimated.call(name)
