"""Buttons, rows of buttons, scrolling, and layouts that wrap."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLayout,
    QLayoutItem,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ui.icons import spaced
from ui.look import px
from ui.widgets.text import icon_label, label

_TINTS = {"main": "on_accent", "quiet": "accent", "nav": "muted", "danger": "red"}


class Button(QPushButton):
    """A button that answers Enter as well as Space when it has the focus."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that is looked at, not another one."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)


def button(
    text: str, kind: str = "", icon: str = "", on: Callable[[], object] | None = None, *, checked: str | None = None
) -> Button:
    """A button of a kind (main, quiet, danger, nav, choice, tab, row, or plain), with an icon and what it does."""
    made = Button(text.replace("&", "&&"))
    made.setAccessibleName(text)
    made.setAutoDefault(False)
    if kind:
        made.setProperty("kind", kind)
    if icon:
        made.setIcon(spaced(icon, _TINTS.get(kind, "text"), checked=checked))
        made.setIconSize(QSize(px(25), px(18)))
    if on is not None:
        made.clicked.connect(lambda *_: on())
    return made


class Tile(Button):
    """A large button with an icon, a name and a sentence; as high as its words need."""

    def __init__(self, icon: str, title: str, text: str, on: Callable[[], object], tint: str = "accent") -> None:
        super().__init__()
        self.setProperty("kind", "tile")
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)
        self.setAutoDefault(False)
        self.clicked.connect(lambda *_: on())
        self._inner = row = QHBoxLayout(self)
        row.setContentsMargins(px(18), px(14), px(18), px(14))
        row.setSpacing(px(16))
        row.addWidget(icon_label(icon, tint, 26))
        words = QVBoxLayout()
        words.setSpacing(px(2))
        words.addWidget(label(title, "strong"))
        if text:
            words.addWidget(label(text, "small"))
        row.addLayout(words, 1)
        row.addWidget(icon_label("chevron-right", "muted", 18))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        """As its words need."""
        return self._inner.sizeHint()

    def minimumSizeHint(self) -> QSize:
        """As its words need."""
        return self._inner.minimumSize()

    def hasHeightForWidth(self) -> bool:
        """Words wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height at a width."""
        return self._inner.heightForWidth(width)


class CalmCombo(QComboBox):
    """A list of choices that the mouse wheel cannot change by accident while a page scrolls."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(4)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Left to the page."""
        event.ignore()


class Scroll(QScrollArea):
    """A page that scrolls up and down and never sideways; ``body`` is the column to fill."""

    def __init__(self, margin: int = 28, spacing: int = 16, widest: int = 0) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = QWidget()
        outer = QHBoxLayout(inner)
        outer.setContentsMargins(px(margin), px(margin) - px(6), px(margin), px(margin))
        column = QWidget()
        lines = QVBoxLayout(column)
        lines.setContentsMargins(0, 0, 0, 0)
        self.body = QVBoxLayout()
        self.body.setSpacing(px(spacing))
        lines.addLayout(self.body)
        lines.addStretch(1)
        if widest:
            column.setMaximumWidth(px(widest))
            outer.addStretch(1)
        outer.addWidget(column, 1000)
        if widest:
            outer.addStretch(1)
        self.setWidget(inner)


class Flow(QLayout):
    """Puts widgets in lines as words in a paragraph, in the direction of the language."""

    def __init__(self, gap: int = 8) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self._gap = px(gap)

    def addItem(self, item: QLayoutItem) -> None:
        """Takes another item."""
        self._items.append(item)

    def count(self) -> int:
        """How many items stand in it."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """The item at a place."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Gives an item back."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def hasHeightForWidth(self) -> bool:
        """Fewer columns make it higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height at a width."""
        return self._place(QRect(0, 0, width, 0), dry=True)

    def setGeometry(self, rect: QRect) -> None:
        """Places every item."""
        super().setGeometry(rect)
        self._place(rect, dry=False)

    def sizeHint(self) -> QSize:
        """As small as the widest item."""
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        """The widest item."""
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def _lines(self, width: int) -> list[list[QLayoutItem]]:
        lines: list[list[QLayoutItem]] = [[]]
        used = 0
        for item in self._items:
            if item.isEmpty():
                continue
            wide = min(item.sizeHint().width(), width)
            if used and used + wide > width:
                lines.append([])
                used = 0
            lines[-1].append(item)
            used += wide + self._gap
        return lines

    def _place(self, rect: QRect, *, dry: bool) -> int:
        y = 0
        home = self.parentWidget()
        mirrored = home is not None and home.isRightToLeft()
        for line in self._lines(rect.width()):
            x, high = 0, max((item.sizeHint().height() for item in line), default=0)
            for item in line:
                width = min(item.sizeHint().width(), rect.width())
                if not dry:
                    left = rect.right() + 1 - x - width if mirrored else rect.left() + x
                    item.setGeometry(QRect(left, rect.top() + y, width, high))
                x += width + self._gap
            y += high + self._gap
        return max(y - self._gap, 0)


def clear(layout: QLayout) -> None:
    """Empties a layout at once: nothing of the old rows is painted again."""
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()
        elif inner is not None:
            clear(inner)
