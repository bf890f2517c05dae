"""What is made, in which language, on which paper, and which sections are left out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QVBoxLayout, QWidget

from mrc_app.i18n import Catalog, _, completeness, ngettext
from ui.desk import Desk
from ui.forms import Form
from ui.look import px
from ui.pages.about import read_by
from ui.pages.guide_choice import NO_CARD, PAPERS, SHEETS, SPOKEN, Book, Choice, What
from ui.pages.guide_money import Transfers
from ui.widgets.choosers import LanguageField
from ui.widgets.controls import button, clear
from ui.widgets.fields import ChoiceField, SegmentField, TickField
from ui.widgets.text import label
from ui.words import choices


class Options(QFrame):
    """The choices of one guide."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.setProperty("role", "card")
        self._complete: dict[str, dict[str, Any]] = {}
        self._boxes: dict[str, QCheckBox] = {}
        self._allowed: tuple[What, ...] = tuple(What)
        self._listed = Book.DEPARTURE
        self._own = False
        self._walls: Book | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(px(18), px(14), px(18), px(16))
        column.setSpacing(px(12))
        self.form = Form()
        self.form.add("book", _("Guide"), SegmentField(choices(Book)), span=2)
        self.form.add("what", _("What do we make?"), SegmentField(choices(What)), span=2)
        self.form.add("language", _("Language of the guide"), LanguageField(), span=2)
        self.state = label("", "small")
        self.form.add_part(self.state)
        self.form.add("paper", _("Paper"), ChoiceField([(key, _(text)) for key, text in PAPERS], empty=None), span=2)
        self.form.add("section", _("Section for the wall"), ChoiceField([], empty=None), span=2)
        self.form.add("sheet", _("Paper"), ChoiceField([(key, _(text)) for key, text in SHEETS], empty=None), span=2)
        hint = _("Every line in both languages, on A5 or A4.")
        self.form.add("beside", _("A second language beside it"), LanguageField(), hint=hint, optional=True, span=2)
        self.form.add("line_art", "", TickField(_("Line drawings only: little toner")), span=2)
        self.form.add("if_you_go", "", TickField(_("Add the page for somebody who goes anyway")), span=2)
        self.form.add("sentences", "", TickField(_("Add the forty sentences for an emergency")), span=2)
        self.form.add("savings", "", TickField(_("She wants her savings printed")), span=2)
        checked = TickField(_("The child-protection check was made: print the job page"))
        self.form.add("child_checked", "", checked, span=2)
        column.addWidget(self.form)
        self._add_transfers(column)
        self._show_rows()
        self.about_child(False)
        self.sections_button = button(_("Leave out sections"), "quiet", "list-checks", self._unfold)
        column.addWidget(self.sections_button)
        self.sections = QWidget()
        self.sections.hide()
        column.addWidget(self.sections)
        self.form.changed.connect(self._told)

    def _add_transfers(self, column: QVBoxLayout) -> None:
        text = _("Compare ways to send money")
        self.transfers_button = button(
            text, "quiet", "plus", lambda: self.transfers.setVisible(self.transfers.isHidden())
        )
        self.transfers = Transfers(self.desk)
        self.transfers.hide()
        self.transfers.changed.connect(self.changed.emit)
        for part in (self.transfers_button, self.transfers):
            column.addWidget(part)

    def begin(self, language: str, book: Book = Book.DEPARTURE) -> None:
        """A new guide in a language."""
        self.form.blockSignals(True)
        what = What.FULL if self.desk.settings.printer else What.HAND
        self.form.fill({"language": language, "paper": PAPERS[0][0], "line_art": True, "what": what.value})
        self.form.fill({"beside": None, "sheet": SHEETS[0][0]})
        self.form.fill({"book": book.value})
        self.form.fill(dict.fromkeys(("if_you_go", "sentences", "child_checked", "savings"), False))
        self.form.blockSignals(False)
        self._relist()
        self.transfers.begin()
        self.transfers.hide()
        for box in self._boxes.values():
            box.setChecked(False)
        if not self._complete:
            self.desk.jobs.run(lambda _step: completeness("guides"), done=self._counted)

    def _counted(self, rows: list[dict[str, Any]]) -> None:
        self._complete = {row["code"]: row for row in rows}
        self.tell_language()

    def about_person(self, own: bool) -> None:
        """A wish of hers is asked only where the book is somebody's own; a poster is nobody's."""
        self._own = own

    def about_child(self, minor: bool) -> None:
        """Asks for the child-protection check only where somebody is or may be under 18."""
        self.form.show_row("child_checked", minor)
        if not minor:
            self.form["child_checked"].set_value(False)

    def tell_language(self) -> None:
        """How complete the guide is in the chosen language."""
        row = self._complete.get(self.language())
        self.state.setText(completeness_words(row) if row else "")

    def allow(self, allowed: Sequence[What], *, by_hand: bool) -> None:
        """Offers only what her answer allows; where there is no printer, copying by hand comes first."""
        self._allowed = tuple(allowed)
        field = self.form["what"]
        coming = self.book() is Book.RETURN
        allowed = [one for one in allowed if not ((coming and one in NO_CARD) or (self._own and one is What.POSTER))]
        for value, made in zip(What, field.controls(), strict=True):
            made.setVisible(value in allowed)
        if self.what() not in allowed:
            self.choose(What.HAND if by_hand else allowed[0])

    def choose(self, what: What) -> None:
        """Chooses what is made."""
        self.form["what"].set_value(what.value)

    def _told(self) -> None:
        self._relist()
        book = self.what() in (What.FULL, What.DISCREET)
        self.sections_button.setVisible(book)
        self.sections.setVisible(book and self.sections.isVisibleTo(self) and bool(self._boxes))
        self.tell_language()
        self.changed.emit()

    def _show_rows(self) -> None:
        what, coming = self.what(), self.book() is Book.RETURN
        book = what in (What.FULL, What.DISCREET)
        self.form.show_row("paper", book)
        self.form.show_row("beside", book or what is What.CARD)
        self._show_wall(what is What.POSTER)
        self.form.show_row("line_art", what not in SPOKEN)
        self.form.show_row("if_you_go", what is What.FULL and not coming)
        self.form.show_row("sentences", book and not coming)
        self.form.show_row("savings", what is What.FULL and coming and self._own)
        self.transfers_button.setVisible(book)
        if not book:
            self.transfers.hide()

    def _show_wall(self, wall: bool) -> None:
        """What a poster asks: which section, on which paper."""
        for name in ("section", "sheet"):
            self.form.show_row(name, wall)
        if wall and self._walls is not self.book():
            from mrc_app.guides import content, poster

            self._walls = self.book()
            rules = [one for one in content.sections(self.book().value) if poster.for_a_wall(one, self.book().value)]
            field: Any = self.form["section"]
            field.set_choices([(one.id, self._title(one.id)) for one in rules], field.value())

    def _unfold(self) -> None:
        if not self._boxes:
            self._list_sections()
        self.sections.setVisible(self.sections.isHidden())

    def _relist(self) -> None:
        """Another guide has other rows, other sections, and no card."""
        if self.book() is not self._listed:
            self._listed = self.book()
            self._forget_sections()
            self.allow(self._allowed, by_hand=not self.desk.settings.printer)
        self._show_rows()

    def _forget_sections(self) -> None:
        """The sections of another guide are listed anew."""
        self._boxes = {}
        self.sections.hide()
        if (lines := self.sections.layout()) is not None:
            clear(lines)

    def _list_sections(self) -> None:
        from mrc_app.guides import content

        lines = self.sections.layout() or QVBoxLayout(self.sections)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(px(2))
        lines.addWidget(label(_("Tick what she does not want or should not carry."), "small"))
        for section in content.sections(self.book().value):
            title = self._title(section.id)
            box = QCheckBox(title.replace("&", "&&"))
            box.setAccessibleName(_("Leave out: {section}", section=title))
            box.toggled.connect(lambda *_: self.changed.emit())
            lines.addWidget(box)
            self._boxes[section.id] = box

    def _title(self, section: str) -> str:
        """The heading of a section on this screen."""
        from mrc_app.i18n import screen_language

        key, here = f"{section}.title", Catalog.load(screen_language().code, "guides")
        return here.find(key) or Catalog.load("en", "guides").find(key) or section

    def book(self) -> Book:
        """Which guide."""
        return Book(self.form["book"].value() or Book.DEPARTURE.value)

    def what(self) -> What:
        """What is made."""
        return What(self.form["what"].value() or What.FULL.value)

    def language(self) -> str:
        """The code of the guide's language, or what was typed while none is chosen."""
        return str(self.form["language"].value() or "")

    def choice(self, client: str, corridor: str) -> Choice:
        """Everything chosen, for a client and a corridor."""
        typed, going = self.form.values(), self.book() is Book.DEPARTURE
        left_out = frozenset(id for id, box in self._boxes.items() if box.isChecked())
        return Choice(
            client, corridor, self.language(), self.what(), typed["paper"] or "a6", bool(typed["line_art"]), left_out,
            if_you_go=going and bool(typed["if_you_go"]), sentences=going and bool(typed["sentences"]),
            child_checked=bool(typed["child_checked"]), book=self.book(), savings=bool(typed["savings"]),
            transfers=tuple(self.transfers.offers), beside=typed["beside"] or "", section=typed["section"] or "",
            sheet=typed["sheet"] or SHEETS[0][0],
        )  # fmt: skip

    def kept(self) -> dict[str, Any]:
        """What was chosen."""
        return {**self.form.values(), "transfers": self.transfers.kept()}

    def restore(self, kept: dict[str, Any]) -> None:
        """Puts it back."""
        self.transfers.restore(kept.get("transfers", []))
        self.form.fill({name: value for name, value in kept.items() if name != "transfers"})


def completeness_words(row: dict[str, Any]) -> str:
    """How much of the guide a language has, and whether a speaker signed it."""
    if row["translated"] >= row["total"]:
        said = _("Every line is there.")
    elif not row["translated"]:
        said = _("Not translated yet: lines come in another language, each one marked.")
    else:
        n = row["translated"]
        said = ngettext("{n} line of {all} is there.", "{n} lines of {all} are there.", n, all=row["total"])
    if row["reviewed"]:
        return f"{said} {read_by(row)[0]}"
    draft = _("A draft: no speaker has signed it yet.")
    return f"{said} {draft}" if row["status"] == "draft" else said
