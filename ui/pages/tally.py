"""A visit without a name: somebody wants help and no record. There is no field here that could tell who it was."""

from __future__ import annotations

from typing import Any, ClassVar

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mrc_app.casework.client_births import AgeBand
from mrc_app.casework.client_words import Kind, Sex
from mrc_app.casework.counselling_words import Mode, Topic
from mrc_app.i18n import _, ngettext
from ui.desk import Desk
from ui.forms import Form
from ui.page import Heading, Page
from ui.widgets.chips import ChipsField
from ui.widgets.controls import Scroll, button
from ui.widgets.fields import ChoiceField, SegmentField
from ui.widgets.text import Banner, card, label
from ui.words import choices


class TallyPage(Page):
    """Counts one visit; nothing on it is asked of anybody who does not want to say."""

    shows: ClassVar[frozenset[str]] = frozenset({"tally"})
    nav: ClassVar[str] = "today"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        scroll = Scroll(spacing=14, widest=920)
        outer.addWidget(scroll)
        self.keep = button(_("Count this visit"), "main", "check", self.save)
        self.keep.setToolTip("Ctrl+S")
        below = _("Help first. No name, no phone, no free words: nobody can be found by what is kept here.")
        back = button(_("Back"), "quiet", on=lambda: desk.window.show_page("today"))
        scroll.body.addWidget(Heading(_("A visit without a name"), below, back, self.keep))
        self.done = Banner("", "green", "circle-check")
        scroll.body.addWidget(self.done)
        frame, body = card(margin=20)
        self.form = form = Form()
        form.add("mode", _("How you met"), ChoiceField(choices(Mode), empty=None))
        form.add("kind", _("Comes as"), ChoiceField(choices(Kind), empty=None))
        form.add("sex", _("Sex"), SegmentField(choices(Sex)))
        form.add("age_band", _("Age"), SegmentField(choices(AgeBand)))
        form.add("topics", _("Talked about"), ChipsField(choices(Topic)), span=2)
        form["topics"].explain(_("Space chooses, arrows move, a letter jumps."))
        body.addWidget(form)
        scroll.body.addWidget(frame)
        self.today = label("", "muted")
        scroll.body.addWidget(self.today)
        QShortcut(QKeySequence("Ctrl+S"), self).activated.connect(self.save)
        self._blank()

    def _blank(self) -> None:
        self.form.fill(
            {
                "mode": Mode.CENTRE.value,
                "kind": "not_stated",
                "sex": "not_stated",
                "age_band": "not_stated",
                "topics": [],
            }
        )

    def load(self, id: str) -> None:
        """An empty form."""
        self.done.say("")
        super().load(id)

    def refresh(self) -> None:
        """How many were counted today."""
        from mrc_app.casework import counselling

        today = self.desk.today()
        n = len(self.desk.read(lambda session: counselling.tallies(session, today, today)))
        self.today.setText(ngettext("{n} visit without a name today", "{n} visits without a name today", n))

    def save(self) -> None:
        """Counts the visit and is ready for the next."""
        from mrc_app.casework import counselling

        typed, officer, on = self.form.values(), self.desk.store.officer, self.desk.today()

        def act(session: Any) -> Any:
            return counselling.tally(session, on=on, officer=officer, **typed)

        if self.form.submit(lambda: self.desk.change("counselling.tally", act)) is not None:
            self._blank()
            self.done.say(_("Counted. The form is ready for the next visit."))
            self.form["mode"].setFocus()

    def kept(self) -> dict[str, Any]:
        """What was chosen."""
        return self.form.values()

    def restore(self, kept: dict[str, Any]) -> None:
        """Puts it back."""
        self.form.fill(kept)

    def first(self) -> QWidget | None:
        """How the visit came about."""
        return self.form["mode"]
