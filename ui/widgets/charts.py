"""Charts on the screen: plain marks painted in the colours of the moment, a sentence below, the table a key away.

Bars are told apart by full, outlined, striped and pale, points by disc and square, so that no chart needs its colours.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QSizePolicy,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from mrc_app.figures.charting import drawn
from mrc_app.figures.dashboard_words import Chart
from mrc_app.i18n import _
from mrc_app.typesetting.marks import DARK, DISC, LEFT, PALE, RIGHT, STRIPED, Bar, Dot, Picture, Stroke, Words, stripes
from ui.look import colour, px
from ui.widgets.controls import button
from ui.widgets.text import label, leading

_SIDES = {LEFT: Qt.AlignmentFlag.AlignLeft, RIGHT: Qt.AlignmentFlag.AlignRight}
WIDE, ROW = 460, 30
"""The width a chart would like, and the height of a line of its table."""


class ChartView(QWidget):
    """One chart, painted. It can be stood on with the keyboard; ``wanted`` is sent when its table is asked for."""

    wanted = Signal()

    def __init__(self, chart: Chart) -> None:
        super().__init__()
        self.chart = chart
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(chart.title)
        self.setAccessibleDescription(chart.said)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def picture(self) -> Picture:
        """The marks at the width of now, in units of one pixel at ordinary size of text."""
        unit = px(100) / 100
        return drawn(self.chart, max(self.width() - px(8), px(200)) / unit, right_to_left=self.isRightToLeft())

    def sizeHint(self) -> QSize:
        """As high as its marks, with room for the frame of the keyboard."""
        return QSize(px(WIDE), px(self.picture().height) + px(8))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The height may go with the width."""
        super().resizeEvent(event)
        self.updateGeometry()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space or Enter: the table."""
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.wanted.emit()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws every mark, and a frame while the keyboard is here."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.hasFocus():
            painter.setPen(QPen(colour("accent"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), px(6), px(6))
        painter.translate(px(4), px(4))
        unit = px(100) / 100
        painter.scale(unit, unit)
        for one in self.picture().marks:
            if isinstance(one, Bar):
                self._bar(painter, one)
            elif isinstance(one, Stroke):
                self._stroke(painter, one)
            elif isinstance(one, Dot):
                self._dot(painter, one)
            else:
                self._words(painter, one)

    def _bar(self, painter: QPainter, one: Bar) -> None:
        painter.setPen(QPen(colour("accent"), 1))
        ground = {DARK: "accent", PALE: "line"}.get(one.fill, "card")
        painter.setBrush(colour(ground))
        painter.drawRect(QRectF(one.x, one.y, one.width, one.height))
        if one.fill == STRIPED:
            for stroke in stripes(one):
                painter.drawLine(QPointF(stroke.x, stroke.y), QPointF(stroke.to_x, stroke.to_y))

    def _stroke(self, painter: QPainter, one: Stroke) -> None:
        painter.setPen(QPen(colour("accent"), 2) if one.strong else QPen(colour("line"), 1))
        painter.drawLine(QPointF(one.x, one.y), QPointF(one.to_x, one.to_y))

    def _dot(self, painter: QPainter, one: Dot) -> None:
        painter.setPen(QPen(colour("accent"), 2))
        if one.shape == DISC:
            painter.setBrush(colour("card"))
            painter.drawEllipse(QPointF(one.x, one.y), one.size, one.size)
            return
        painter.setBrush(colour("accent"))
        painter.drawRect(QRectF(one.x - one.size, one.y - one.size, 2 * one.size, 2 * one.size))

    def _words(self, painter: QPainter, one: Words) -> None:
        font = QFont(self.font())
        font.setPixelSize(round(one.size))
        painter.setFont(font)
        painter.setPen(colour("muted" if one.soft else "text"))
        place = QRectF(one.x, one.y - 2, one.width, one.height + 4)
        text = painter.fontMetrics().elidedText(one.text, Qt.TextElideMode.ElideRight, int(one.width) + 1)
        side = _SIDES.get(one.align, Qt.AlignmentFlag.AlignHCenter)
        painter.drawText(place, side | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute, text)


class ChartTable(QTableWidget):
    """The table of a chart: real cells for whoever listens, as high as its rows."""

    def __init__(self, chart: Chart) -> None:
        super().__init__(len(chart.rows), len(chart.head))
        self.setObjectName("plain")
        self.setAccessibleName(chart.title)
        self.setAccessibleDescription(chart.sentence)
        self.setHorizontalHeaderLabels(list(chart.head))
        self.verticalHeader().hide()
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        head = self.horizontalHeader()
        head.setDefaultAlignment(leading() | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap)
        head.setHighlightSections(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        if not chart.amounts:
            head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        head.setFixedHeight(px(2 * ROW if chart.amounts else ROW + 4))
        self.verticalHeader().setDefaultSectionSize(px(ROW))
        for number, row in enumerate(chart.rows):
            for place, text in enumerate(row):
                cell = QTableWidgetItem(text)
                cell.setTextAlignment(leading() | Qt.AlignmentFlag.AlignVCenter)
                cell.setToolTip(text)
                self.setItem(number, place, cell)
        self.setFixedHeight(px(ROW) * len(chart.rows) + head.height() + px(14))
        self.amounts = chart.amounts

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Columns of amounts share the room where all of them fit; no amount is ever cut."""
        super().resizeEvent(event)
        if not self.amounts or not self.rowCount():
            return
        wanted = [self.sizeHintForColumn(place) + px(14) for place in range(self.columnCount())]
        fits = wanted[0] + max(wanted[1:]) * (len(wanted) - 1) <= self.viewport().width()
        mode = QHeaderView.ResizeMode.Stretch if fits else QHeaderView.ResizeMode.ResizeToContents
        for place in range(1, self.columnCount()):
            self.horizontalHeader().setSectionResizeMode(place, mode)


class ChartCard(QFrame):
    """A chart with its title, its sentence, and its table in its place when asked for."""

    def __init__(self, chart: Chart) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.chart = chart
        column = QVBoxLayout(self)
        column.setContentsMargins(px(18), px(14), px(18), px(16))
        column.setSpacing(px(8))
        head = QHBoxLayout()
        head.addWidget(label(chart.title, "heading"), 1)
        self.turn = button(_("Table"), "quiet", "list-checks", self.toggle)
        self.turn.setAccessibleName(_("{chart}: show the table", chart=chart.title))
        head.addWidget(self.turn, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        self.sentence = label(chart.sentence, "small")
        column.addWidget(self.sentence)
        self.view = ChartView(chart)
        self.view.wanted.connect(self.toggle)
        self.table = ChartTable(chart)
        self.table.hide()
        column.addWidget(self.view)
        column.addWidget(self.table)
        column.addStretch(1)
        if chart.shape is None:
            self.turn.hide()
            self.view.hide()

    @property
    def as_table(self) -> bool:
        """Whether the table is shown."""
        return not self.table.isHidden()

    def toggle(self) -> None:
        """The table in place of the chart, and back; the keyboard goes along."""
        self.show_table(not self.as_table)
        (self.table if self.as_table else self.view).setFocus(Qt.FocusReason.OtherFocusReason)

    def show_table(self, shown: bool) -> None:
        """The table, or the chart."""
        self.table.setVisible(shown)
        self.view.setVisible(not shown)
        self.turn.setText(_("Chart") if shown else _("Table"))
        name = self.chart.title
        said = _("{chart}: show the chart", chart=name) if shown else _("{chart}: show the table", chart=name)
        self.turn.setAccessibleName(said)
