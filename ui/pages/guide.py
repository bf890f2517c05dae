"""The guide: what is missing, is it safe to carry, what is made of it, the pages as they will be, and how it leaves."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QProgressBar, QStackedWidget, QVBoxLayout, QWidget

from mrc_app.errors import MrcError
from mrc_app.i18n import _, language, languages, screen_language
from mrc_app.store import saved_files
from ui.desk import Desk
from ui.forms import Form
from ui.jobs import Job
from ui.look import px
from ui.page import Heading, Page
from ui.pages import guide_choice as guides
from ui.pages.guide_choice import Book, Carry, Choice, What
from ui.pages.guide_giving import DONE, Giving
from ui.pages.guide_options import Options
from ui.panels.preview import Pages, Preview
from ui.panels.readiness import ReadinessCard
from ui.widgets.choosers import CountryField, name_of_country
from ui.widgets.controls import Scroll, button
from ui.widgets.fields import SegmentField
from ui.widgets.text import Banner, card, label
from ui.words import choices

WIDE = 470
WAIT_MS = 250
"""How long after the last choice the pages are made again."""


class GuidePage(Page):
    """One guide: a client's own, or the general one of a corridor."""

    shows: ClassVar[frozenset[str]] = frozenset({"client", "journey", "service", "confirmation", "centre"})
    nav: ClassVar[str] = "guide"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.about = guides.About(None, None)
        self.made: Any = None
        self.choice = Choice()
        self._job: Job | None = None
        self._turn = 0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(WAIT_MS)
        self._timer.timeout.connect(self.make)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.left = Scroll(margin=24, spacing=14)
        row.addWidget(self.left)
        row.addWidget(self._right(), 1)
        self._fill_left()
        for keys, act in (("Ctrl+P", self.giving.print.click), ("Ctrl+S", self.giving.save.click)):
            QShortcut(QKeySequence(keys), self).activated.connect(act)

    # -- what stands where

    def _fill_left(self) -> None:
        body = self.left.body
        self.back = button(_("Back"), "quiet", on=self._back)
        self.heading = Heading(_("Guide"), " ", self.back)
        body.addWidget(self.heading)
        self.route, column = card(margin=18)
        column.addWidget(label(_("From where to where?"), "heading"))
        self.countries = Form()
        self.countries.add("origin", _("From"), CountryField())
        self.countries.add("destination", _("To"), CountryField())
        self.countries.changed.connect(self._changed)
        column.addWidget(self.countries)
        body.addWidget(self.route)
        self.safety, column = card(margin=18)
        column.addWidget(label(_("Is this safe for her to carry?"), "heading"))
        column.addWidget(label(_("Ask her alone. Who else will see this book? No is a good answer."), "small"))
        self.carry = SegmentField(choices(Carry), stacked=True)
        self.carry.call(_("Is this safe for her to carry?"))
        self.carry.changed.connect(self._answered)
        column.addWidget(self.carry)
        body.addWidget(self.safety)
        self.options = Options(self.desk)
        self.options.changed.connect(self._changed)
        body.addWidget(self.options)
        self.ready = ReadinessCard(self.desk)
        self.ready.filled.connect(self.refresh)
        body.addWidget(self.ready)

    def _right(self) -> QWidget:
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(px(8), px(22), px(24), px(18))
        column.setSpacing(px(10))
        self.trouble = Banner("", "red")
        column.addWidget(self.trouble)
        self.stack = QStackedWidget()
        self.preview = Preview(self.desk)
        self.words = QPlainTextEdit()
        self.words.setReadOnly(True)
        self.words.setAccessibleName(_("What to read or to copy"))
        self.words.setTabChangesFocus(True)
        for part in (self.preview, self.words, self._busy()):
            self.stack.addWidget(part)
        column.addWidget(self.stack, 1)
        self.giving = Giving(self.desk)
        self.giving.wanted.connect(self.hand_out)
        self.giving.by_hand.connect(lambda: self.options.choose(What.HAND))
        column.addWidget(self.giving)
        return side

    def _busy(self) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.addStretch(1)
        self.state = label(_("The pages are being made …"), "muted")
        self.state.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(self.state)
        self.bar = QProgressBar()
        self.bar.setRange(0, 3)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.state.text())
        self.bar.setMaximumWidth(px(260))
        column.addWidget(self.bar, 0, Qt.AlignmentFlag.AlignHCenter)
        self.stop = button(_("Stop"), "quiet", "x", self.cancel)
        column.addWidget(self.stop, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        return holder

    # -- reading

    def load(self, id: str) -> None:
        """A client's own guide, or the general one without an id."""
        if id != self.id or self.made is None:
            self.carry.blockSignals(True)
            self.carry.set_value(None)
            self.carry.blockSignals(False)
            self.made = None
            self.preview.show_pages(None)
            self.options.about_person(bool(id))
            self.options.begin(self._tongue(id), guides.suggested(guides.about(self.desk.store, id), self.desk.today()))
            self.ready.close_form()
        self.id = id
        self.refresh()

    def _tongue(self, id: str) -> str:
        client = guides.about(self.desk.store, id).client
        spoken = client.language if client is not None else ""
        return spoken or next(iter(self.desk.store.centre().languages), "") or screen_language().code

    def refresh(self) -> None:
        """Reads the client and her journey again and makes the pages again."""
        self.made = None
        self.about = guides.about(self.desk.store, self.id)
        client, journey = self.about.client, self.about.journey
        own = client is not None
        name = client.call_name if client is not None else ""
        self.heading.say(_("Guide for {name}", name=name) if own else _("A general guide"), self._corridor_words())
        for part in (self.safety, self.ready, self.back):
            part.setVisible(own)
        self.options.about_child(guides.may_be_minor(client, self.desk.today()))
        self.route.setVisible(journey is None)
        if journey is None and not self.countries["origin"].value():
            self.countries.fill({"origin": self.desk.store.centre().country})
        self._answered()

    def _corridor(self) -> str:
        if self.about.journey is not None:
            return str(self.about.journey.corridor)
        typed = self.countries.values()
        return f"{typed['origin'] or ''}-{typed['destination'] or ''}"

    def _corridor_words(self) -> str:
        origin, _line, destination = self._corridor().partition("-")
        arrow = "←" if screen_language().right_to_left else "→"
        if len(origin) != 2 or len(destination) != 2:
            return _("Choose two countries.")
        return f"{name_of_country(origin)} {arrow} {name_of_country(destination)}"

    def answer(self) -> Carry | None:
        """Her answer about carrying; the general guide belongs to nobody and asks nobody."""
        said = self.carry.value()
        return Carry.YES if not self.id else Carry(said) if said else None

    def _answered(self) -> None:
        self.options.allow(guides.MAY[self.answer()], by_hand=not self.desk.settings.printer)
        self._changed()

    def _changed(self) -> None:
        self.giving.trouble.say("")
        self._timer.start()

    # -- making

    def make(self) -> None:
        """Makes the pages or the words of what is chosen, beside the screen."""
        self.heading.below.setText(self._corridor_words())
        corridor = self._corridor()
        if len(corridor) != 5 or self.options.language() not in languages():
            self._offer()
            return
        choice = self.options.choice(self.id, corridor)
        if self.id and choice.book is Book.RETURN and self.answer() in (Carry.YES, Carry.DISCREET):
            choice = replace(choice, carry=True)
        if self.made is not None and choice == self.choice:
            self._offer(ready=True)
            return
        self.cancel()
        self.made, self.choice = None, choice
        self._turn += 1
        turn, desk, today = self._turn, self.desk, self.desk.today()
        officer = screen_language().code

        def work(step: Any) -> tuple[Any, Any]:
            found = guides.readiness(desk.store, choice, today)
            if choice.what in guides.SPOKEN:
                return found, guides.spoken(desk.store, choice, today, officer)
            made = guides.make(desk.store, choice, today, step)
            return found, (made, Pages(made.pdf))

        self.trouble.say("")
        self.stack.setCurrentIndex(2)
        self._offer(ready=False)
        self.stop.setVisible(True)
        self._job = desk.jobs.run(
            work,
            done=partial(self._show, turn),
            failed=partial(self._refused, turn),
            progress=self._further,
        )

    def cancel(self) -> None:
        """Stops the making of pages; what was on the screen before is gone."""
        if self._job is not None and self._job.running:
            self._job.cancel()

    def _further(self, at: int, _all: int) -> None:
        self.bar.setValue(at)

    def _show(self, turn: int, answer: tuple[Any, Any]) -> None:
        readiness, result = answer
        if turn != self._turn:
            return
        if readiness is not None and self.ready.form is None:
            self.ready.tell(readiness, self.about.client, self.about.journey, self.choice.corridor)
        self.options.tell_language()
        if isinstance(result, str):
            self.made = result
            self._show_words(result)
        else:
            self.made, pages = result
            self.stack.setCurrentIndex(0)
            self.preview.show_pages(pages)
        self._offer(ready=True)

    def _show_words(self, text: str) -> None:
        reader = self.options.language() if self.choice.what is What.HAND else screen_language().code
        rtl = language(reader).right_to_left
        direction = Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight
        option = self.words.document().defaultTextOption()
        option.setTextDirection(direction)
        self.words.document().setDefaultTextOption(option)
        self.words.setProperty("role", "large")
        self.words.style().polish(self.words)
        self.words.setPlainText(text)
        self.stack.setCurrentIndex(1)

    def _refused(self, turn: int, trouble: MrcError) -> None:
        if turn == self._turn:
            self.made = None
            self.preview.show_pages(None)
            self.stack.setCurrentIndex(0)
            self.trouble.say(trouble.text(_))
            self._offer()

    def _offer(self, ready: bool = False) -> None:
        what = self.options.what()
        self.giving.offer(
            pages=what not in guides.SPOKEN, aloud=what is What.ALOUD and bool(self.id),
            hand=what is What.HAND and bool(self.id), script=what is What.ALOUD, ready=ready,
        )  # fmt: skip

    # -- handing out

    def hand_out(self, how: str) -> None:
        """Prints, saves, or writes down what was read or copied; her answers decide whether it may leave."""
        if self.made is None:
            return
        if how == "script":
            self._print_script()
            return
        as_file = how == "file"
        private = "yes" if as_file else str(getattr(self.about.client, "phone_private", "not_asked"))
        stop = guides.refused(self.choice, carry=self.answer(), as_file=as_file, private=private)
        if stop:
            self.giving.trouble.say(_(stop))
            return
        if how == "print":
            self._print()
        elif how in ("file", "elsewhere"):
            made = self.made
            pdf = made.read if as_file else made.pdf
            path = self.giving.choose_file(made.file_name)
            if path and self.giving.save_to(path, pdf):
                saved_files.note(self.desk.store, Path(path), "guide", pdf, self.id)
                self._given(how, private)
        else:
            self._given(how, private)

    def _print(self) -> None:
        pages = self.preview.pages
        if pages is None:
            return
        printer = self.giving.choose_printer(pages)
        if printer is not None:
            self.giving.start_print(pages, printer, lambda: self._given("print", "not_asked"))

    def _print_script(self) -> None:
        """The script as pages: it stays with the officer, so nothing is written down as given."""
        desk, choice, today, speaks = self.desk, self.choice, self.desk.today(), screen_language().code
        self.giving.script.setEnabled(False)
        desk.jobs.run(
            lambda _step: Pages(guides.script(desk.store, choice, today, speaks).pdf),
            done=self._print_pages,
            failed=lambda trouble: self.giving.trouble.say(trouble.text(_)),
        )

    def _print_pages(self, pages: Pages) -> None:
        self.giving.script.setEnabled(True)
        printer = self.giving.choose_printer(pages)
        if printer is not None:
            self.giving.start_print(pages, printer, lambda: self.desk.window.say(_("Done.")))

    def _given(self, how: str, private: str) -> None:
        if self.id:
            pages = self.made.pages if not isinstance(self.made, str) else None
            try:
                guides.keep_handout(
                    self.desk.store, self.choice, self.desk.today(),
                    carry=self.answer(), as_file=how == "file", private=private, pages=pages,
                )  # fmt: skip
            except MrcError as trouble:
                self.giving.trouble.say(trouble.text(_))
                return
        self.desk.window.say(_(DONE[how]) if self.id else _("Done."))

    def _back(self) -> None:
        self.desk.window.show_page("clients", self.id)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The choices leave room for the page."""
        super().resizeEvent(event)
        self.left.setFixedWidth(min(px(WIDE), self.width() * 11 // 20))

    def leave(self) -> None:
        """Nothing goes on in secret."""
        self._timer.stop()
        self.cancel()

    def kept(self) -> dict[str, Any]:
        """What was chosen."""
        return {"carry": self.carry.value(), "route": self.countries.values(), "options": self.options.kept()}

    def restore(self, kept: dict[str, Any]) -> None:
        """Puts it back."""
        self.countries.fill(kept.get("route", {}))
        self.carry.set_value(kept.get("carry"))
        self.options.restore(kept.get("options", {}))

    def first(self) -> QWidget | None:
        """The question that comes first."""
        return self.carry if self.id else self.countries["destination"]
