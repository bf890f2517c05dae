"""Searchable lists of languages and countries: each language under its own name, found by any name it has."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache, partial
from typing import Any, NamedTuple

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView, QWidget

from mrc_app.i18n import _, languages, screen_language
from ui.icons import icon
from ui.look import px
from ui.widgets.controls import Flow, button, clear
from ui.widgets.fields import Field
from ui.widgets.text import leading

KEY, FOUND_BY = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1


class Entry(NamedTuple):
    """A line of a searchable list: what is kept, what is shown, and every word it is found by."""

    key: str
    shown: str
    found_by: str


class SearchField(Field):
    """A line to type in that offers what it finds; only what is in the list can be chosen."""

    def __init__(self, entries: Iterable[Entry], hint: str) -> None:
        super().__init__()
        self.line = QLineEdit()
        self.line.setPlaceholderText(hint)
        self.line.setAlignment(leading() | Qt.AlignmentFlag.AlignVCenter)
        self.line.addAction(icon("search", "muted"), QLineEdit.ActionPosition.LeadingPosition)
        for inner in self.line.findChildren(QWidget):
            inner.setAccessibleName(_("Search"))
            inner.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._column(self.line)
        self._key: str | None = None
        self._model = QStandardItemModel(self)
        self._shown: dict[str, str] = {}
        self._found: QCompleter | None = None
        self.offer(entries)
        self.line.textEdited.connect(self._typed)
        self.line.editingFinished.connect(self._left)
        self.line.installEventFilter(self)

    def offer(self, entries: Iterable[Entry]) -> None:
        """Replaces the list."""
        self._model.clear()
        self._shown = {}
        for entry in entries:
            item = QStandardItem(entry.shown)
            item.setData(entry.key, KEY)
            item.setData(f"{entry.shown} {entry.found_by}", FOUND_BY)
            self._model.appendRow(item)
            self._shown[entry.key] = entry.shown

    @property
    def popup(self) -> QCompleter:
        """What is offered under the line; made when it is first needed."""
        if self._found is None:
            self._found = self._completer()
        return self._found

    def _completer(self) -> QCompleter:
        found = QCompleter(self._model, self)
        found.setCompletionRole(FOUND_BY)
        found.setFilterMode(Qt.MatchFlag.MatchContains)
        found.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        found.setMaxVisibleItems(9)
        self._view = view = QListView()
        view.setProperty("role", "popup")
        view.setMinimumWidth(px(280))
        view.setAccessibleName(_("What was found"))
        found.setPopup(view)
        view.setLayoutDirection(self.line.layoutDirection())
        found.setWidget(self.line)
        found.activated[QModelIndex].connect(self._picked)  # type: ignore[index]
        return found

    def _typed(self, text: str) -> None:
        self._key = None
        self.popup.setCompletionPrefix(text)
        self.popup.complete()
        if self.popup.completionCount():
            self._view.setCurrentIndex(self.popup.completionModel().index(0, 0))
        self.changed.emit()

    def _picked(self, index: Any) -> None:
        self._choose(index.data(KEY))

    def _choose(self, key: str | None) -> None:
        self._key = key
        self.line.setText(self._shown.get(key or "", ""))
        self.line.setCursorPosition(0)
        self.changed.emit()

    def _left(self) -> None:
        """Leaving the line takes the only thing it can mean, or leaves what was typed for the action to refuse."""
        if self._key is None and self.line.text().strip():
            self.popup.setCompletionPrefix(self.line.text().strip())
            if self.popup.completionCount() == 1:
                self._choose(self.popup.completionModel().index(0, 0).data(KEY))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrow down opens the whole list."""
        pressed = event.key() if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress else None
        if watched is self.line and pressed == Qt.Key.Key_Down:
            self.popup.setCompletionPrefix("" if self._key else self.line.text())
            self.popup.complete()
            return True
        return super().eventFilter(watched, event)

    def value(self) -> str | None:
        return self._key or self.line.text().strip() or None

    def set_value(self, value: Any) -> None:
        if value in self._shown:
            self._choose(value)
        else:
            self._key = None
            self.line.setText(str(value or ""))

    def controls(self) -> list[QWidget]:
        return [self.line]


def language_entries(only: Iterable[str] | None = None) -> list[Entry]:
    """Every language under its own name; found by its English name, its name on this screen and its code."""
    chosen = languages() if only is None else {code: languages()[code] for code in only}
    found = []
    for code, row in chosen.items():
        here = name_of_language(code)
        shown = row.autonym if here.casefold() == row.autonym.casefold() else f"{row.autonym} · {here}"
        found.append(Entry(code, shown, f"{row.name} {code}"))
    return found


def name_of_language(code: str) -> str:
    """A language's name in the screen's language, its English one where that is not known."""
    from babel import Locale, UnknownLocaleError

    from mrc_app.i18n import babel_locale

    names = Locale.parse(babel_locale(screen_language().code)).languages
    try:
        return names.get(code.replace("-", "_")) or languages()[code].name
    except UnknownLocaleError:
        return languages()[code].name


class LanguageField(SearchField):
    """Any language the desk knows."""

    def __init__(self, only: Iterable[str] | None = None) -> None:
        super().__init__(language_entries(only), _("Type the name of a language"))


def country_entries() -> list[Entry]:
    """Every country under its name on this screen, in order of letters; found by English name and code too."""
    return countries_in(screen_language().code)


@lru_cache(maxsize=8)
def countries_in(here: str) -> list[Entry]:
    """The same in the language with a code; read once."""
    from mrc_app.corridors import countries

    rows = [
        Entry(code, countries.name(code, here), f"{countries.name(code, 'en')} {code}") for code in countries.codes()
    ]
    return sorted(rows, key=lambda entry: entry.shown.casefold())


def name_of_country(code: str) -> str:
    """A country's name on this screen; what was given when it is no country."""
    from mrc_app.corridors import countries

    return countries.name(code, screen_language().code) if countries.is_country(code) else code


class CountryField(SearchField):
    """Any country."""

    def __init__(self) -> None:
        super().__init__(country_entries(), _("Type the name of a country"))


class LanguagesField(Field):
    """Several languages, each a chip that can be taken off again."""

    def __init__(self) -> None:
        super().__init__()
        self.search = LanguageField()
        chips = QWidget()
        self._chips = Flow(6)
        chips.setLayout(self._chips)
        self._column(self.search, chips)
        self._codes: list[str] = []
        self.search.changed.connect(self._take)

    def _take(self) -> None:
        code = self.search.value()
        if code in languages() and code is not None:
            self.search.blockSignals(True)
            self.search.set_value(None)
            self.search.blockSignals(False)
            if code not in self._codes:
                self.set_value([*self._codes, code])
        self.changed.emit()

    def value(self) -> list[str]:
        return list(self._codes)

    def set_value(self, value: Any) -> None:
        self._codes = [code for code in (value or ()) if code in languages()]
        clear(self._chips)
        for code in self._codes:
            name = languages()[code].autonym
            chip = button(name, "choice", "x", partial(self._take_off, code))
            chip.setAccessibleName(_("Take off {language}", language=name))
            self._chips.addWidget(chip)
        self.changed.emit()

    def _take_off(self, code: str) -> None:
        self.set_value([other for other in self._codes if other != code])

    def controls(self) -> list[QWidget]:
        return self.search.controls()
