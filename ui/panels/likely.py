"""People who may be registered already, shown under the names while they are typed. Nothing here stops anybody."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QVBoxLayout

from mrc_app.i18n import _, isolate, ltr
from ui.desk import Desk
from ui.forms import Form
from ui.look import px
from ui.widgets.controls import button
from ui.widgets.text import icon_label, label
from ui.words import cap

if TYPE_CHECKING:
    from mrc_app.casework.duplicate_search import Likely
    from mrc_app.errors import Problem
    from mrc_app.store import Store

REST_MS = 200
"""How long the keyboard rests before the file is asked."""
MOST = 5
"""People shown at once."""
NAMES = ("call_name", "given", "father", "grandfather", "native", "other_names")
SURE = ("phone", "passport")
ASKED = (*NAMES, *SURE, "sex", "birth", "district")
"""The fields the search weighs."""
ONE_LINE = 560

Typed = Mapping[str, Any]


class LikelyPeople(QFrame):
    """Up to five people, each with the reasons for and against. ``hers`` is sent when one is said to be her."""

    hers = Signal(str)

    def __init__(self, desk: Desk, this_is_her: str = "") -> None:
        super().__init__()
        self.desk = desk
        self.own: Collection[str] = ()
        self.others: set[str] = set()
        self.found: list[Likely] = []
        self._typed: Callable[[], Typed] = dict
        self._asked = 0
        self.setProperty("role", "sunken")
        column = QVBoxLayout(self)
        column.setContentsMargins(px(14), px(12), px(14), px(12))
        column.setSpacing(px(8))
        head = QHBoxLayout()
        head.setSpacing(px(8))
        head.addWidget(icon_label("users", "muted", 18))
        self.title = label(_("Perhaps she is registered already"), "strong")
        head.addWidget(self.title, 1)
        column.addLayout(head)
        column.addWidget(label(_("Ask her. You can go on in any case."), "small"))
        self.rows = [LikelyRow(self, this_is_her or _("This is her")) for _number in range(MOST)]
        for row in self.rows:
            column.addWidget(row)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.look)
        self.hide()

    def follow(self, form: Form, typed: Callable[[], Typed]) -> None:
        """Looks again when one of the fields of a form changes that tell who she is."""
        self._typed = typed
        for name in ASKED:
            if name in form:
                form[name].changed.connect(self._rest)

    def _rest(self) -> None:
        self._asked += 1
        self._timer.start(REST_MS)

    def typed(self) -> dict[str, Any]:
        """What tells who she is, as it stands in the form."""
        return {name: value for name, value in self._typed().items() if name in ASKED}

    def look(self) -> None:
        """Asks the file beside the screen; an answer that later typing has overtaken is dropped."""
        self._timer.stop()
        self._asked += 1
        typed = self.typed()
        if not self.desk.is_open or not enough(typed) or not _may_look(self.desk.store):
            self._show([])
            return
        store, today, limit = self.desk.store, self.desk.today(), MOST + len(self.others) + len(self.own)

        def work(_step: object) -> list[Likely]:
            from mrc_app.casework import duplicate_search

            return duplicate_search.look(store, typed, today=today, limit=limit)

        self.desk.jobs.run(work, done=partial(self._answered, self._asked))

    def _answered(self, number: int, found: list[Likely]) -> None:
        if number == self._asked:
            self._show(found)

    def _show(self, found: list[Likely]) -> None:
        away = {*self.others, *self.own}
        self.found = [one for one in found if one.uuid not in away][:MOST]
        for row, one in zip(self.rows, [*self.found, *[None] * MOST], strict=False):
            row.tell(one)
        if self.parentWidget() is not None:
            self.setVisible(bool(self.found))
        self.setAccessibleName(self.title.text() if self.found else "")

    def put_aside(self, uuid: str) -> None:
        """She is somebody else: not shown again for this form."""
        at = next(number for number, one in enumerate(self.found) if one.uuid == uuid)
        self.others.add(uuid)
        self._show(self.found)
        if self.found:
            self.rows[min(at, len(self.found) - 1)].other.setFocus()
        self.look()

    def clear(self) -> None:
        """Nobody is shown, and nobody is put aside."""
        self._timer.stop()
        self._asked += 1
        self.others.clear()
        self._show([])


class LikelyRow(QFrame):
    """One person: her name and number, what speaks for it, what against, and the two answers."""

    def __init__(self, people: LikelyPeople, this_is_her: str) -> None:
        super().__init__()
        self._people, self._uuid = people, ""
        self.setProperty("role", "card")
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(px(14), px(10), px(10), px(10))
        self._row.setSpacing(px(10))
        words = QVBoxLayout()
        words.setSpacing(px(2))
        self.name, self.reasons, self.against = label("", "strong"), label("", "small"), label("", "caution")
        for part in (self.name, self.reasons, self.against):
            words.addWidget(part)
        self._row.addLayout(words, 1)
        answers = QHBoxLayout()
        answers.setSpacing(px(6))
        self.her = button(this_is_her, on=lambda: people.hers.emit(self._uuid))
        self.other = button(_("Somebody else"), "quiet", on=lambda: people.put_aside(self._uuid))
        answers.addWidget(self.her)
        answers.addWidget(self.other)
        answers.addStretch(1)
        self._row.addLayout(answers)
        self.hide()

    def tell(self, likely: Likely | None) -> None:
        """Shows a person; nobody hides the row."""
        self.setVisible(likely is not None)
        if likely is None:
            return
        self._uuid = likely.uuid
        self.name.setText(f"{isolate(likely.name)} · {ltr(likely.number)}")
        speaks, against = reason_words(likely.reasons)
        self.reasons.setText(speaks)
        self.reasons.setVisible(bool(speaks))
        self.against.setText(against)
        self.against.setVisible(bool(against))
        for part in (self.her, self.other):
            part.setAccessibleName(f"{part.text()}: {likely.name}, {likely.number}")
            part.setAccessibleDescription(" ".join(filter(None, (speaks, against))))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The answers stand below the words where there is no room beside them."""
        super().resizeEvent(event)
        wide = self.width() >= px(ONE_LINE)
        self._row.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)


def reason_words(reasons: tuple[Problem, ...]) -> tuple[str, str]:
    """What speaks for one person and what against, each as one line in the language of the screen."""
    from mrc_app.casework import duplicate_evidence as evidence

    contradictions = (evidence.OTHER_SEX, evidence.OTHER_BIRTH, evidence.OTHER_PASSPORT)
    lines = [
        " · ".join(reason.text(_) for reason in reasons if (reason.message in contradictions) is against)
        for against in (False, True)
    ]
    return cap(lines[0]), cap(lines[1])


def enough(typed: Typed) -> bool:
    """Whether there is anything to look for: two letters of a name, or a phone or passport."""
    return any(len(str(typed.get(name) or "").strip()) > 1 for name in (*NAMES, *SURE))


def _may_look(store: Store) -> bool:
    from mrc_app.store.roles import May, may

    return may(store.role, May.SEE_NAMES)
