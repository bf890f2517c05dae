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
    """An icon tinted with a colour token; ``checked`` is the token while a button is pressed in. KeyError for an unknown token."""
    made = QIcon()
    mirrored = name in POINTING and QApplication.layoutDirection() == Qt.LayoutDirection.RightToLeft
    for ratio in RATIOS:
        made.addPixmap(_pixmap(name, getattr(tokens(), tint), px(size), ratio, mirrored))
        if checked:
            pixmap = _pixmap(name, getattr(tokens(), checked), px(size), ratio, mirrored)
            made.addPixmap(pixmap, QIcon.Mode.Normal, QIcon.State.On)
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
