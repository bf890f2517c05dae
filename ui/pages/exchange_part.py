"""What the parts of the Exchange page share: reasons for what a role may not do, keys as people compare them, paper."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

from PySide6.QtCore import QMarginsF, QSizeF, Qt, Signal
from PySide6.QtGui import QGuiApplication, QPageLayout, QPageSize, QPixmap
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from mrc_app.errors import Problem
from mrc_app.i18n import N_, _, isolate, ltr
from mrc_app.store.roles import MATRIX, May, Role, may
from ui.desk import Desk
from ui.look import px
from ui.panels.preview import Pages, print_pages
from ui.widgets.controls import Button, button
from ui.widgets.dates import screen_date
from ui.widgets.text import chip, label

PAGE = 15
"""Lines of a list that are shown at a time."""
KINDS = {
    "desk": N_("Parcel"), "handover": N_("Hand-over"), "receipt": N_("Receipt"), "export": N_("Export"),
    "acknowledgement": N_("Answer of a ministry"), "reference": N_("Reference update"),
}  # fmt: skip
STATES = {
    "written": (N_("written"), "plain"), "taken in": (N_("taken in"), "green"), "queued": (N_("queued"), "blue"),
    "sent": (N_("sent"), "blue"), "acknowledged": (N_("acknowledged"), "green"), "refused": (N_("refused"), "red"),
}  # fmt: skip


class ExchangePart(QWidget):
    """A part of the page, loaded when it is first turned to. ``settled``: what waits is to be counted again."""

    settled = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(px(14))

    def load(self, about: str) -> None:
        """Shows the part; ``about`` is the key or file it is about, where there is one."""
        self.refresh()

    def refresh(self) -> None:
        """Reads again what is shown."""

    def first(self) -> QWidget | None:
        """Where the keyboard begins."""
        return None

    def kept(self) -> dict[str, Any]:
        """What was typed and is not kept yet."""
        return {}

    def restore(self, kept: dict[str, Any]) -> None:
        """Puts it back."""


def why_not(role: Role, right: May) -> str:
    """Why a role may not do something; empty where it may."""
    return "" if may(role, right) else _("Not with your role: {why}", why=_(MATRIX[right].why))


def told_of(problem: Problem) -> str:
    """A sentence of the exchange in the screen's language; names in it stand whole in a line of any direction."""
    values = {name: isolate(said) if isinstance(said, str) else said for name, said in problem.values.items()}
    return Problem(problem.message, values).text(_)


def allow(made: Button, role: Role, right: May) -> Button:
    """Greys a button out where the role may not, and says why to the mouse and to people who hear the screen."""
    reason = why_not(role, right)
    made.setEnabled(not reason)
    if reason:
        made.setToolTip(reason)
        made.setAccessibleDescription(reason)
    return made


def instant_words(text: str) -> str:
    """A UTC instant of the file as day and hour at this desk; empty for none."""
    try:
        at = datetime.fromisoformat(text).astimezone()
    except ValueError:
        return ""
    return f"{screen_date(at.date())} {ltr(f'{at:%H:%M}')}"


def parcel_words(kind: str, name: str) -> str:
    """A parcel in a list: what, and of or for whom."""
    return f"{_(KINDS[kind]) if kind in KINDS else isolate(kind)} · {isolate(name)}"


def state_chip(state: str) -> QLabel:
    """What became of a parcel."""
    words, tone = STATES.get(state, (state, "plain"))
    return chip(_(words) if state in STATES else isolate(words), tone)


def compared_chip(compared: bool, revoked: bool = False) -> QLabel:
    """Whether a person compared a key."""
    if revoked:
        return chip(_("revoked"), "red")
    return chip(_("compared by telephone"), "green") if compared else chip(_("not compared yet"), "amber")


class KeyCard(QWidget):
    """A key as people compare it: digits in groups, words, and the picture for a camera (``size`` 0 leaves it out);
    ``whole``: the key itself too."""

    def __init__(self, fingerprint: str, words: str, recipient: str, *, size: int = 170, whole: bool = True) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(22))
        column = QVBoxLayout()
        column.setSpacing(px(5))
        row.addLayout(column, 1)
        for title, text, role in (
            (_("Digits to read aloud"), fingerprint, "code"),
            (_("Or these words"), words, "strong"),
            (_("Key"), recipient if whole else "", "small"),
        ):
            if text:
                column.addWidget(label(title, "small"))
                column.addWidget(_selectable(text, role, title))
        column.addStretch(1)
        if size:
            row.addWidget(_picture(recipient, size), 0, Qt.AlignmentFlag.AlignTop)


def _selectable(text: str, role: str, title: str) -> QLabel:
    made = label(ltr(text), role)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    made.setAccessibleName(f"{title}: {text}")
    if role == "small":  # one long word: it may break anywhere
        half = (len(text) + 1) // 2
        made.setText("\n".join((ltr(text[:half]), ltr(text[half:]))))
    return made


def _picture(recipient: str, size: int) -> QLabel:
    from mrc_app.exchange import key_paper

    made, drawn = QLabel(), QPixmap()
    drawn.loadFromData(key_paper.picture(recipient, "png", 4))
    made.setPixmap(drawn.scaledToWidth(px(size), Qt.TransformationMode.SmoothTransformation))
    made.setAccessibleName(_("QR code of the key"))
    return made


def copy_button(text: str) -> Button:
    """Puts a key on the clipboard."""
    return button(_("Copy the key"), "", "clipboard-list", partial(_copy, text))


def _copy(text: str) -> None:
    QGuiApplication.clipboard().setText(text)


def print_pdf(part: QWidget, desk: Desk, pdf: bytes) -> None:
    """Asks for a printer and prints beside the screen."""
    pages = Pages(pdf)
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    width, height = pages.sizes[0]
    printer.setPageSize(QPageSize(QSizeF(width, height), QPageSize.Unit.Point))
    printer.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Millimeter)
    if QPrintDialog(printer, part).exec():
        desk.jobs.run(lambda step: print_pages(pages, printer, step))
