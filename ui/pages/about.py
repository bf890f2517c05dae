"""How complete each language is, on the screen and in the guides; and what this program is."""

from __future__ import annotations

from datetime import date
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from mrc_app.i18n import _, ngettext
from ui.desk import Desk
from ui.look import px
from ui.widgets.controls import clear
from ui.widgets.dates import screen_date
from ui.widgets.text import card, chip, label


class LanguagesCard(QWidget):
    """A table of languages that have anything, read beside the screen."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        frame, body = card(margin=20)
        outer.addWidget(frame)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(px(16))
        self._grid.setVerticalSpacing(px(8))
        body.addLayout(self._grid)
        body.addWidget(label(_("A language that is not complete is marked line by line where it is printed."), "small"))
        body.addWidget(label(_("Version {version}. Free software, Apache licence 2.0.", version=_version()), "small"))
        desk.jobs.run(lambda _step: _read(), done=self._show)

    def _show(self, rows: list[tuple[str, str, str, dict[str, Any]]]) -> None:
        clear(self._grid)
        for column, text in enumerate((_("Language"), _("Screen"), _("Guides"), "")):
            self._grid.addWidget(label(text, "overline"), 0, column)
        for number, (name, screen, guides, row) in enumerate(rows, 1):
            self._grid.addWidget(label(name, "strong"), number, 0)
            self._grid.addWidget(label(screen), number, 1)
            self._grid.addWidget(label(guides), number, 2)
            self._grid.addWidget(chip(*read_by(row)), number, 3)


def read_by(row: dict[str, Any]) -> tuple[str, str]:
    """Who read a language's guides and when, and the tone of the chip that says so."""
    if row["reviewed"]:
        roles, day = ", ".join(row["reviewed_by"]), date.fromisoformat(row["reviewed_on"])
        return _("read by: {role}, {date}", role=roles, date=screen_date(day)), "green"
    if row["signed"]:
        return ngettext("{n} line read by a speaker", "{n} lines read by a speaker", row["signed"]), "plain"
    return (_("read by a speaker"), "green") if row["status"] == "source" else (_("not yet read by a speaker"), "plain")


def _read() -> list[tuple[str, str, str, dict[str, Any]]]:
    from mrc_app.i18n import completeness

    guides = {row["code"]: row for row in completeness("guides")}
    found = []
    for row in completeness("ui"):
        other = guides[row["code"]]
        if row["translated"] or other["translated"]:
            found.append((row["autonym"], _percent(row), _percent(other), other))
    return found


def _percent(row: dict[str, Any]) -> str:
    return f"{100 * row['translated'] // row['total']} %" if row["total"] else "–"


def _version() -> str:
    try:
        return version("mrc-desk")
    except PackageNotFoundError:
        return "0.1"
