"""Lucide icons in the colours of the moment, sharp on every screen, pointing the way the language runs."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap, QTransform
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from mrc_app.places import RESOURCES
from ui.look import px, tokens

RATIOS = (1.0, 1.5, 2.0, 3.0)
POINTING = frozenset(
    {"chevron-right", "chevron-left", "arrow-right", "arrow-left", "undo-2", "plane-takeoff", "route", "book-open",
     "list-checks", "clipboard-list", "message-circle", "volume-2", "square-pen", "notebook-pen", "pencil"}
)  # fmt: skip
"""Icons with a direction: they are mirrored where lines run from right to left."""


def icon(name: str, tint: str = "text", size: int = 18, checked: str | None = None) -> QIcon:
    """An icon tinted with a colour token; ``checked`` is the token while a button is pressed in."""
    made = QIcon()
    mirrored = name in POINTING and QApplication.layoutDirection() == Qt.LayoutDirection.RightToLeft
    for ratio in RATIOS:
        made.addPixmap(_pixmap(name, getattr(tokens(), tint), px(size), ratio, mirrored))
        if checked:
            pixmap = _pixmap(name, getattr(tokens(), checked), px(size), ratio, mirrored)
            made.addPixmap(pixmap, QIcon.Mode.Normal, QIcon.State.On)
    return made


def spaced(name: str, tint: str, size: int = 18, gap: int = 7, checked: str | None = None) -> QIcon:
    """The icon of a button: with room between it and the words that follow."""
    made = QIcon()
    mirrored = QApplication.layoutDirection() == Qt.LayoutDirection.RightToLeft
    for state, ink in ((QIcon.State.Off, tint), (QIcon.State.On, checked or tint)):
        for ratio in RATIOS:
            plain = _pixmap(name, getattr(tokens(), ink), px(size), ratio, mirrored and name in POINTING)
            wide = QPixmap(round((px(size) + px(gap)) * ratio), plain.height())
            wide.setDevicePixelRatio(ratio)
            wide.fill(Qt.GlobalColor.transparent)
            painter = QPainter(wide)
            painter.drawPixmap(px(gap) if mirrored else 0, 0, plain)
            painter.end()
            made.addPixmap(wide, QIcon.Mode.Normal, state)
    return made


def pixmap(name: str, tint: str = "text", size: int = 18) -> QPixmap:
    """The icon as a picture for a label or a painter, for the screen's own ratio."""
    app = QApplication.instance()
    ratio = app.devicePixelRatio() if isinstance(app, QApplication) else 1.0
    mirrored = name in POINTING and QApplication.layoutDirection() == Qt.LayoutDirection.RightToLeft
    return _pixmap(name, getattr(tokens(), tint), px(size), ratio, mirrored)


@lru_cache(maxsize=256)
def _source(name: str) -> str:
    text = (RESOURCES / "icons" / f"{name}.svg").read_text("utf-8")
    return text.replace('stroke-width="2"', 'stroke-width="1.75"')


@lru_cache(maxsize=2048)
def _pixmap(name: str, tint: str, size: int, ratio: float, mirrored: bool) -> QPixmap:
    side = round(size * ratio)
    picture = QPixmap(side, side)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    QSvgRenderer(QByteArray(_source(name).replace("currentColor", tint).encode())).render(
        painter, QRectF(0, 0, side, side)
    )
    painter.end()
    if mirrored:
        picture = picture.transformed(QTransform().scale(-1, 1))
    picture.setDevicePixelRatio(ratio)
    return picture
