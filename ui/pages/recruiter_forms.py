"""The forms about a recruiter: who it is, what happened, what a worker says, which job it offers."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mrc_app.casework.journey_words import Per, Sector
from mrc_app.casework.recruiter_words import EventKind, LinkRole, Question, Rating, RecruiterKind
from mrc_app.i18n import _
from ui.forms import Form
from ui.panels.journey_asked import MoneyField, TextsField
from ui.widgets.choosers import CountryField, LanguagesField
from ui.widgets.controls import Flow, button, clear
from ui.widgets.dates import DualDateEdit
from ui.widgets.fields import ChoiceField, LongField, NumberField, SegmentField, TextField
from ui.widgets.occupations import OccupationField
from ui.widgets.text import card, label
from ui.words import choices


class FormPlace(QWidget):
    """Where a form opens above what it is about. ``form`` is the open one, ``name`` what it is called, ``ok`` its
    button."""

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.form: Form | None = None
        self.name = ""
        self.hide()

    def open(
        self, name: str, form: Form, title: str, act: Callable[[dict[str, Any]], object], done: Callable[[], object]
    ) -> None:
        """Shows a form; ``act`` gets what is typed and may refuse it, ``done`` follows when it was kept."""
        self.close_form()
        self.form, self.name = form, name
        keep = partial(self._keep, form, act, done)
        form.submitted.connect(keep)
        frame, body = card(spacing=12)
        body.addWidget(label(title, "heading"))
        body.addWidget(form)
        foot = Flow(8)
        self.ok = button(_("Keep"), "main", on=keep)
        foot.addWidget(self.ok)
        foot.addWidget(button(_("Cancel"), "quiet", on=self.close_form))
        body.addLayout(foot)
        self._column.addWidget(frame)
        self.show()
        form[next(iter(form.values()))].setFocus(Qt.FocusReason.OtherFocusReason)

    def _keep(self, form: Form, act: Callable[[dict[str, Any]], object], done: Callable[[], object]) -> None:
        def kept() -> bool:
            act(form.values())
            return True

        if form.submit(kept):
            self.close_form()
            done()

    def close_form(self) -> None:
        """Puts the form away."""
        self.form = None
        clear(self._column)
        self.hide()


class RatingField(SegmentField):
    """One answer of a review. The keys 1 to 5 choose and go on to the next question; 0 is "not applicable"."""

    def __init__(self) -> None:
        shown = [(one.value, _figure(one)) for one in Rating]
        super().__init__(shown)
        for part, one in zip(self.controls(), Rating, strict=True):
            part.setToolTip(_(one.label))
            part.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A digit answers."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            digit = event.text()
            if digit and digit in "012345":
                self.set_value(Rating.NOT_APPLICABLE.value if digit == "0" else digit)
                chosen = self.focusProxy()
                if chosen is not None:
                    chosen.setFocus(Qt.FocusReason.TabFocusReason)
                self.focusNextChild()
                return True
        return super().eventFilter(watched, event)

    def call(self, name: str) -> None:
        """Each button says the question and the answer in words."""
        for part, one in zip(self.controls(), Rating, strict=True):
            figure = "" if one is Rating.NOT_APPLICABLE else f"{one.value}, "
            part.setAccessibleName(f"{name} {figure}{_(one.label)}")


def _figure(one: Rating) -> str:
    return _("not applicable") if one is Rating.NOT_APPLICABLE else one.value


def recruiter_form() -> Form:
    """Who it is, and the licence as somebody read it."""
    form = Form()
    form.add("name", _("Name"), TextField(limit=120))
    form.add("kind", _("What it is"), ChoiceField(choices(RecruiterKind), empty=None))
    form.add("country", _("Country"), CountryField())
    form.add("licence_number", _("Licence number"), TextField(ordered=True, limit=60), optional=True)
    form.add("licence_valid_to", _("Licence valid to"), DualDateEdit(), optional=True)
    form.add("checked_on", _("Licence looked up on"), DualDateEdit(), optional=True)
    form.add("source", _("Where it was looked up"), TextField(limit=120), optional=True)
    form.add("phone", _("Phone"), TextField(ordered=True, limit=60), optional=True)
    commas = _("Separate several with commas.")
    form.add("aliases", _("Other names it goes by"), TextsField(limit=400), hint=commas, optional=True)
    form.add("branches", _("Branches"), TextsField(limit=400), hint=commas, optional=True)
    form.add("address", _("Address"), TextField(limit=200), optional=True, span=2)
    form.add("note", _("Note"), LongField(lines=2), optional=True, span=2)
    return form


def event_form() -> Form:
    """What happened, when, and in whose case."""
    form = Form()
    form.add("kind", _("What happened?"), ChoiceField(choices(EventKind), empty=None))
    form.add("on", _("Day"), DualDateEdit())
    form.add("number", _("In which client's case? Her number"), TextField(ordered=True), optional=True, span=2)
    form.add("outcome", _("In short"), LongField(lines=2), optional=True, span=2)
    return form


def link_form() -> Form:
    """In whose journey it has which part."""
    form = Form()
    form.add("number", _("Her number"), TextField(ordered=True))
    form.add("role", _("What it is in her journey"), ChoiceField(choices(LinkRole), empty=None))
    return form


def review_form() -> Form:
    """The eight questions, one under the other."""
    form = Form(columns=1)
    form.add("number", _("Her number"), TextField(ordered=True))
    form.add_part(label(_("1 is not at all, 5 is fully. Keys 1 to 5 answer, 0 is not applicable."), "small"))
    for question in Question:
        form.add(question.value, _(question.label), RatingField())
    share = SegmentField([("yes", _("Yes")), ("no", _("No"))])
    form.add("may_share", _("May her answers leave, without her name, together with those of others?"), share)
    form.add("comment", _("In her own words; this never leaves"), LongField(lines=2), optional=True)
    return form


def order_form() -> Form:
    """A vacancy as the agency wrote it."""
    form = Form()
    form.add("title", _("Work"), TextField(limit=120))
    form.add("isco", _("ISCO-08 code"), OccupationField(), optional=True)
    form.add("country", _("Country of work"), CountryField())
    form.add("sector", _("Kind of work"), ChoiceField(choices(Sector)), optional=True)
    form.add("employer", _("Employer"), TextField(limit=120), optional=True)
    form.add("places", _("Number of places"), NumberField(), optional=True)
    form.add("wage", _("Wage"), MoneyField(), optional=True)
    form.add("wage_per", _("Paid by the"), ChoiceField(choices(Per)), optional=True)
    form.add("languages", _("Languages the work needs"), LanguagesField(), optional=True, span=2)
    form.add("closes_on", _("Closes on"), DualDateEdit(), optional=True)
    form.add("verified_on", _("Checked on"), DualDateEdit(), optional=True)
    form.add("source", _("How it was checked"), TextField(limit=120), optional=True, span=2)
    form.add("note", _("Note"), LongField(lines=2), optional=True, span=2)
    return form
