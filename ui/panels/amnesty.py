"""Amnesties and regularisation windows on the screen: what the office read, where, and when it was checked."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from mrc_app.i18n import _, isolate, screen_language
from ui.look import px
from ui.widgets.dates import screen_date
from ui.widgets.text import Banner, label
from ui.words import listed


def window_words(window: Any) -> str:
    """The country and the days of a window."""
    from mrc_app.corridors import countries

    country = isolate(countries.name(window.country, screen_language().code))
    begins = screen_date(window.begins_on)
    if window.ends_on is None:
        return _("{country}: from {begins}; the last day is not known.", country=country, begins=begins)
    return _("{country}: from {begins} to {ends}.", country=country, begins=begins, ends=screen_date(window.ends_on))


def source_words(window: Any, today: date) -> str:
    """Where a window stands and when somebody looked; an old check asks to be made again."""
    from mrc_app.casework import grievance_amnesties

    checked = screen_date(window.checked_on)
    stale = grievance_amnesties.is_stale(window.checked_on, today)
    when = _("Check again: last checked on {date}", date=checked) if stale else _("Checked on {date}", date=checked)
    note = isolate(window.note) if window.note else ""
    return " · ".join(part for part in (_("Source: {source}", source=isolate(window.source)), when, note) if part)


def window_note(window: Any, people: list[Any], today: date) -> QWidget:
    """A window with the people whom it may touch: they are in that country, nobody asked about their status."""
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(px(4))
    names = listed([isolate(person.shown_as()) for person in people])
    touches = _("An amnesty or chance to regularise may touch {names}.", names=names)
    column.addWidget(Banner(f"{touches} {window_words(window)}", "blue", "calendar"))
    column.addWidget(label(source_words(window, today), "small"))
    return holder
