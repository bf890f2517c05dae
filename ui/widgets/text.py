"""Words on the screen: labels, chips, banners, cards. Alignment is always said, never guessed from the text."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from ui.icons import pixmap
from ui.look import px


def leading() -> Qt.AlignmentFlag:
    """The side where lines begin in the screen's language, said absolutely."""
    rtl = QApplication.layoutDirection() == Qt.LayoutDirection.RightToLeft
    return (Qt.AlignmentFlag.AlignRight if rtl else Qt.AlignmentFlag.AlignLeft) | Qt.AlignmentFlag.AlignAbsolute


def label(text: str = "", role: str = "", *, wrap: bool = True, parent: QWidget | None = None) -> QLabel:
    """A line or paragraph in one of the roles of the style sheet. Plain text: nothing typed is ever read as markup."""
    made = QLabel(text, parent)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    made.setAlignment(leading() | Qt.AlignmentFlag.AlignVCenter)
    if role:
        made.setProperty("role", role)
    if wrap:
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        made.setSizePolicy(policy)
    return made


class Elided(QLabel):
    """One line that ends in … where the room ends; the whole text is its tooltip and its accessible name."""

    def __init__(self, text: str = "", role: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAlignment(leading() | Qt.AlignmentFlag.AlignVCenter)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        if role:
            self.setProperty("role", role)

    def minimumSizeHint(self) -> QSize:
        """Any width will do."""
        return QSize(px(24), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The tooltip shows the whole line only while it is cut."""
        super().resizeEvent(event)
        self.setToolTip(self.text() if self._cut() else "")

    def _cut(self) -> bool:
        return self.fontMetrics().horizontalAdvance(self.text()) > self.contentsRect().width()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the line, shortened where it must be."""
        if not self._cut():
            super().paintEvent(event)
            return
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        room = self.contentsRect()
        line = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, self.alignment(), line)


def chip(text: str, tone: str = "plain") -> QLabel:
    """A small coloured word (green, blue, violet, amber, red, plain)."""
    made = label(text, wrap=False)
    made.setProperty("chip", tone)
    made.setAlignment(Qt.AlignmentFlag.AlignCenter)
    made.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
    return made


class Banner(QFrame):
    """A sentence with an icon on a coloured ground, for what must not be missed."""

    def __init__(self, text: str = "", tone: str = "amber", icon: str = "triangle-alert") -> None:
        super().__init__()
        self.setProperty("banner", tone)
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(px(14), px(10), px(14), px(10))
        row.setSpacing(px(10))
        self._sign = sign = QLabel()
        sign.setPixmap(pixmap(icon, tone, 18))
        sign.setAlignment(Qt.AlignmentFlag.AlignTop)
        row.addWidget(sign)
        self.words = label(text)
        row.addWidget(self.words, 1)
        self.say(text)

    def add(self, part: QWidget) -> None:
        """Puts what can be done about it at its end."""
        self._sign.setAlignment(Qt.AlignmentFlag.AlignVCenter)
        self._row.addWidget(part)

    def say(self, text: str) -> None:
        """Shows a sentence; an empty one hides the banner."""
        self.words.setText(text)
        self.setAccessibleName(text)
        if text and self.parentWidget() is None:
            return  # shown together with the page it is put on; alone it would open a window
        self.setVisible(bool(text))


def card(role: str = "card", margin: int = 18, spacing: int = 10) -> tuple[QFrame, QVBoxLayout]:
    """A framed part of a page and the column inside it."""
    frame = QFrame()
    frame.setProperty("role", role)
    column = QVBoxLayout(frame)
    column.setContentsMargins(px(margin), px(margin), px(margin), px(margin))
    column.setSpacing(px(spacing))
    return frame, column


def icon_label(name: str, tint: str = "muted", size: int = 18) -> QLabel:
    """An icon that says nothing by itself; the words beside it do."""
    made = QLabel()
    made.setPixmap(pixmap(name, tint, size))
    made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return made
