"""The words of a sheet that no list knows: each is told once what it means."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QWidget

from mrc_app.corridors import countries
from mrc_app.exchange.sheets_words import LISTED
from mrc_app.i18n import _, isolate, screen_language
from ui.look import px
from ui.widgets.fields import ChoiceField
from ui.widgets.text import Elided, label
from ui.words import choices

MOST = 60
"""Words asked for at once."""


class WordsForm(QWidget):
    """A line for each word: what it says in which column, and what it means."""

    def __init__(self, unknown: dict[tuple[str, str], list[str]]) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(px(12))
        grid.setVerticalSpacing(px(8))
        grid.addWidget(label(_("Words to explain, once for all rows"), "strong"), 0, 0, 1, 3)
        self.fields: dict[tuple[str, str], ChoiceField] = {}
        told = [(column, field, word) for (column, field), words in unknown.items() for word in words if word]
        for row, (column, field, word) in enumerate(told[:MOST], 1):
            meant = ChoiceField(_offered(field), _("leave as it is"))
            meant.call(_("What “{word}” in “{column}” means", word=word, column=column))
            for place, part in enumerate((Elided(isolate(column), "small"), Elided(isolate(word)), meant)):
                grid.addWidget(part, row, place)
            self.fields[column, word] = meant

    def meanings(self) -> dict[str, dict[str, str]]:
        """Column, then word, then what it means; words left as they are do not stand here."""
        found: dict[str, dict[str, str]] = {}
        for (column, word), field in self.fields.items():
            if field.value():
                found.setdefault(column, {})[word] = str(field.value())
        return found


def _offered(field: str) -> list[tuple[str, str]]:
    if field in LISTED:
        return choices(LISTED[field])
    spoken = screen_language().code
    return sorted(((code, countries.name(code, spoken)) for code in countries.codes()), key=lambda one: one[1])
