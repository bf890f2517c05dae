"""Long lists: pages read beside the screen by key, painted rows, and answers that come too late are dropped."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from mrc_app.i18n import isolate
from ui.jobs import Job, Jobs
from ui.look import colour, px
from ui.tokens import TONES

Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole
PAGE = 100


class Row(NamedTuple):
    """A row of a list: identity, two lines, the colour of its disc, and the key the next page begins after."""

    id: str
    title: str
    below: str
    tone: str
    key: Any = None


class Answer(NamedTuple):
    """A page of rows; ``total`` is the number of all rows, None where it is not counted."""

    rows: Sequence[Row]
    total: int | None


Source = Callable[[Any, int], Answer]
"""Reads the page after a key (None for the first) of at most so many rows. Called beside the screen."""


class PagedModel(QAbstractListModel):
    """Rows read page by page as the list is scrolled."""

    loaded = Signal()
    counted = Signal(int)

    def __init__(self, jobs: Jobs) -> None:
        super().__init__()
        self._jobs = jobs
        self._rows: list[Row] = []
        self._source: Source | None = None
        self._asked = 0
        self._more = False
        self._busy: Job | None = None
        self.total: int | None = None

    def ask(self, source: Source, count: Callable[[], int] | None = None) -> None:
        """Shows another list: what was asked before is no longer wanted. ``count`` is asked apart, so that the first
        page need not wait for it."""
        self._source = source
        self._asked += 1
        self._fetch(None)
        if count is not None:
            self._jobs.run(lambda _step: count(), done=partial(self._count, self._asked))

    def _count(self, asked: int, total: int) -> None:
        if asked == self._asked:
            self.total = total
            self.counted.emit(total)

    def _fetch(self, key: Any) -> None:
        source, asked = self._source, self._asked
        if source is None:
            return
        first = key is None

        def done(answer: Answer) -> None:
            if asked == self._asked:
                self._busy = None
                self._take(answer, first)

        self._busy = self._jobs.run(lambda _step: source(key, PAGE), done=done)

    def _take(self, answer: Answer, first: bool) -> None:
        self._more = len(answer.rows) == PAGE
        if first:
            self.beginResetModel()
            self._rows = list(answer.rows)
            self.endResetModel()
            if answer.total is not None:
                self._count(self._asked, answer.total)
        elif answer.rows:
            start = len(self._rows)
            self.beginInsertRows(QModelIndex(), start, start + len(answer.rows) - 1)
            self._rows += answer.rows
            self.endInsertRows()
        self.loaded.emit()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own default
        """How many rows have been read."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The row, or its words."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return f"{row.title}. {row.below}"
        return None

    def canFetchMore(self, parent: Index) -> bool:
        """Whether the file has more rows and none are on their way."""
        return self._more and self._busy is None and not parent.isValid()

    def fetchMore(self, parent: Index) -> None:
        """Reads the next page."""
        self._more = False
        self._fetch(self._rows[-1].key)

    def find(self, id: str) -> QModelIndex:
        """Where a row stands, if it was read."""
        for number, row in enumerate(self._rows):
            if row.id == id:
                return self.index(number)
        return QModelIndex()


def tone_of(text: str) -> str:
    """A colour that stays with a person without saying anything about her."""
    return TONES[:4][sum(map(ord, text)) % 4]


def initials(title: str) -> str:
    """At most two first letters."""
    return "".join(word[0] for word in title.split()[:2] if word[0].isalnum()).upper()


class PersonDelegate(QStyledItemDelegate):
    """A disc with initials, the name, and a line below it."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Room for two lines."""
        return QSize(px(200), px(62))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draws the row in the direction of the language."""
        row: Row = index.data(ROW)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        mirrored = option.direction == Qt.LayoutDirection.RightToLeft
        box = option.rect.adjusted(px(2), px(2), -px(2), -px(2))
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        self._ground(painter, option, box, selected)
        size = px(38)
        left = box.right() - px(10) - size if mirrored else box.left() + px(10)
        disc = QRect(left, box.center().y() - size // 2, size, size)
        self._disc(painter, disc, row, selected)
        start = box.left() + px(10) if mirrored else disc.right() + px(12)
        end = disc.left() - px(12) if mirrored else box.right() - px(8)
        words = QRect(start, box.top(), end - start, box.height())
        self._words(painter, words, row, mirrored)
        painter.restore()

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem, box: QRect, selected: bool) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        if selected:
            painter.setBrush(colour("green_soft"))
            painter.drawRoundedRect(box, px(9), px(9))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(colour("sunken"))
            painter.drawRoundedRect(box, px(9), px(9))
        if option.state & QStyle.StateFlag.State_HasFocus and selected:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            pen = painter.pen()
            pen.setStyle(Qt.PenStyle.SolidLine)
            pen.setColor(colour("accent"))
            pen.setWidth(2)
            painter.setPen(pen)
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), px(9), px(9))

    def _disc(self, painter: QPainter, disc: QRect, row: Row, selected: bool) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("card") if selected else colour(f"{row.tone}_soft"))
        painter.drawEllipse(disc)
        painter.setPen(colour(row.tone))
        painter.setFont(_font(14, bold=True))
        painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, initials(row.title))

    def _words(self, painter: QPainter, box: QRect, row: Row, mirrored: bool) -> None:
        side = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
        middle = box.center().y()
        for text, font, ink, top in (
            (isolate(row.title), _font(14, bold=True), "text", middle - px(21)),
            (row.below, _font(12), "muted", middle + px(1)),
        ):
            painter.setFont(font)
            painter.setPen(colour(ink))
            line = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, box.width())
            painter.drawText(
                QRect(box.left(), top, box.width(), px(21)),
                side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter,
                line,
            )


def _font(size: int, *, bold: bool = False) -> QFont:
    from PySide6.QtWidgets import QApplication

    font = QFont(QApplication.font())
    font.setPixelSize(px(size))
    font.setBold(bold)
    return font


class PersonList(QListView):
    """A list of people. ``chosen`` is sent with the identity of the row that is stood on."""

    chosen = Signal(str)

    def __init__(self, jobs: Jobs, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.people = PagedModel(jobs)
        self.setModel(self.people)
        self.setItemDelegate(PersonDelegate(self))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setAccessibleName(name)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self._quiet = False
        self.selectionModel().currentChanged.connect(self._moved)

    def _moved(self, now: QModelIndex, _before: QModelIndex) -> None:
        if now.isValid() and not self._quiet:
            self.chosen.emit(now.data(ROW).id)

    def stand_on(self, id: str) -> None:
        """Stands on a row without saying that it was chosen."""
        index = self.people.find(id)
        self._quiet = True
        self.setCurrentIndex(index)
        self._quiet = False
