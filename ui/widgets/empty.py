"""What stands where there is nothing yet: an icon, a sentence, and the next thing to do."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.look import px
from ui.widgets.controls import Button
from ui.widgets.text import icon_label, label


class Empty(QWidget):
    """An empty place that says why it is empty."""

    def __init__(self, icon: str, title: str, text: str = "", action: Button | None = None) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(px(24), px(36), px(24), px(36))
        column.setSpacing(px(8))
        column.addStretch(1)
        sign = icon_label(icon, "muted", 30)
        column.addWidget(sign, 0, Qt.AlignmentFlag.AlignHCenter)
        for words, role in ((title, "heading"), (text, "muted")):
            line = label(words, role)
            line.setAlignment(Qt.AlignmentFlag.AlignCenter)
            if not words:
                line.hide()
            column.addWidget(line)
        if action is not None:
            column.addSpacing(px(6))
            column.addWidget(action, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
