"""What stands over the window while it is hidden: a calculator that calculates and says nothing about anybody."""

from __future__ import annotations

from decimal import Decimal, DivisionByZero, InvalidOperation
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from mrc_app.i18n import _
from ui.look import px
from ui.widgets.controls import Scroll, button
from ui.widgets.text import label

ROWS = ("789÷", "456×", "123−", "0.=+")
TYPED = {"*": "×", "/": "÷", "-": "−", ",": ".", "\r": "=", "\n": "="}
MOST = 15


class Calculator:
    """A pocket calculator: one number, one operation, one display."""

    def __init__(self) -> None:
        self.clear()

    def clear(self) -> None:
        """Forgets everything."""
        self.shown = "0"
        self._left: Decimal | None = None
        self._sign = ""
        self._fresh = True

    def press(self, sign: str) -> None:
        """A key: a digit, a point, an operation, or C."""
        if sign == "C":
            self.clear()
        elif sign in "+−×÷=":
            self._reckon(sign)
        elif sign == "." and "." in self.shown and not self._fresh:
            return
        elif self._fresh or self.shown == "0":
            self.shown, self._fresh = "0." if sign == "." else sign, False
        elif len(self.shown) < MOST:
            self.shown += sign

    def _reckon(self, sign: str) -> None:
        try:
            right = Decimal(self.shown)
            if self._left is not None and self._sign and not self._fresh:
                right = self._result(self._left, right)
        except (DivisionByZero, InvalidOperation):
            self.clear()
            return
        self._left, self._sign, self._fresh = right, "" if sign == "=" else sign, True
        self.shown = f"{round(right, 8).normalize():f}"

    def _result(self, left: Decimal, right: Decimal) -> Decimal:
        if self._sign == "+":
            return left + right
        if self._sign == "−":
            return left - right
        return left * right if self._sign == "×" else left / right


class Cover(QWidget):
    """The calculator over the whole window. It is made beforehand, so that it is there at once."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.calculator = Calculator()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        scroll = Scroll(widest=340)
        outer.addWidget(scroll)
        self.display = label("0", "number", wrap=False)
        self.display.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute)
        scroll.body.addSpacing(px(40))
        scroll.body.addWidget(self.display)
        grid = QGridLayout()
        grid.setSpacing(px(8))
        for row, signs in enumerate(ROWS):
            for column, sign in enumerate(signs):
                grid.addWidget(button(sign, on=partial(self.press, sign)), row, column)
        grid.addWidget(button("C", on=lambda: self.press("C")), len(ROWS), 0, 1, 4)
        scroll.body.addLayout(grid)
        window.installEventFilter(self)
        self.hide()

    def show_over(self) -> None:
        """Covers the window, with an empty display, painted before this returns."""
        self.calculator.clear()
        self.display.setText(self.calculator.shown)
        self.setAccessibleName(_("Calculator"))
        self.setGeometry(self.window().rect())
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.repaint()

    def press(self, sign: str) -> None:
        """A key of the calculator."""
        self.calculator.press(sign)
        self.display.setText(self.calculator.shown)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keyboard reckons too."""
        sign = TYPED.get(event.text(), event.text().upper())
        if sign and sign in "0123456789.+−×÷=C":
            self.press(sign)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """As large as the window."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self.setGeometry(self.window().rect())
        return super().eventFilter(watched, event)
