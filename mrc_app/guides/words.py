"""The words of one reader: her language first, then what she can fall back on, and always which of them it was."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from mrc_app.calendars import both
from mrc_app.corridors.services import is_fresh
from mrc_app.errors import MrcError
from mrc_app.i18n import N_, Catalog, Language, isolate, language

DOMAIN = "guides"
PLACEHOLDER = re.compile(r"\{(\w+)\}")
_SENTENCE_END = re.compile(r"(?<=[.?!؟።፧։।॥။។])\s+|(?<=[。！？])")


@dataclass(frozen=True)
class Word:
    """A text of the catalogue and the language it was found in."""

    id: str
    text: str
    language: str


@dataclass(frozen=True)
class Words:
    """The guide catalogues of a reader's language and of its fallbacks, in order; the last one is English. ``renewed``
    are texts by language and line that a supervisor accepted in their place."""

    language: Language
    catalogs: tuple[Catalog, ...]
    renewed: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @classmethod
    def load(cls, code: str, renewed: Mapping[str, Mapping[str, str]] | None = None, home: str = "") -> Words:
        """The words for a reader of ``code``: what it lacks in the second language of ``home`` (a country) where the
        languages' file names one, else in its fallback's. Raises Invalid for a language the desk does not know."""
        chain = [language(code)]
        if home in chain[0].second:
            chain.append(language(chain[0].second[home]))
        while chain[-1].fallback not in {each.code for each in chain}:
            chain.append(language(chain[-1].fallback))
        if "en" not in {each.code for each in chain}:
            chain.append(language("en"))
        return cls(chain[0], tuple(Catalog.load(each.code, DOMAIN) for each in chain), renewed or {})

    def find(self, message: str) -> Word:
        """The text of an id in the first language that has it. Raises MrcError when not even English has it."""
        for catalog in self.catalogs:
            text = self._said(catalog, message)
            if text is not None:
                return Word(message, text, catalog.language.code)
        raise MrcError(N_("The guide names a line “{line}” that has no English text."), line=message)

    def own(self, message: str) -> Word | None:
        """The text in the reader's own language only; None when it is not translated."""
        text = self._said(self.catalogs[0], message)
        return Word(message, text, self.language.code) if text is not None else None

    def _said(self, catalog: Catalog, message: str) -> str | None:
        return self.renewed.get(catalog.language.code, {}).get(message) or catalog.find(message)

    def text(self, message: str, **values: object) -> str:
        """A filled text for small print, each value isolated."""
        return fill(self.find(message).text, {name: isolate(value) for name, value in values.items()})

    def told(self, message: str, when: date, **values: object) -> str:
        """A filled text with a day in it, which is written as in the text's own language."""
        return self.text(message, date=both(when, self.find(message).language), **values)

    def beginning(self, message: str) -> Words:
        """The words from the language of a text on: what stands in one line with it is said in no other before that."""
        code = self.find(message).language
        at = next(place for place, each in enumerate(self.catalogs) if each.language.code == code)
        return Words(self.catalogs[at].language, self.catalogs[at:], self.renewed)

    @property
    def writes(self) -> str:
        """The language that dates, numbers and countries' names are written in: that of the book's own lines."""
        return self.find("D1.1").language

    @property
    def draft(self) -> bool:
        """Whether a translation that is used has not yet been signed by a speaker."""
        for catalog in self.catalogs:
            found = catalog.standing()
            if found.draft:
                return True
            if found.translated >= found.total:
                return False
        return False

    @property
    def standing_note(self) -> str:
        """In small on every page: that this is a draft, or who signed the reader's language and when."""
        found = self.catalogs[0].standing()
        if self.draft:
            return self.text("X.draft")
        if not found.reviewed:
            return ""
        return self.told("X.reviewed", date.fromisoformat(found.on), role=found.by)

    def is_own(self, code: str | None) -> bool:
        """Whether a text of that language (None: no language, like a number) needs no mark for this reader."""
        return code is None or code == self.language.code


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with its named placeholders replaced; a name without a value stays as it is."""
    return PLACEHOLDER.sub(lambda found: values.get(found[1], found[0]), text)


def names(text: str) -> list[str]:
    """The names of the placeholders in a text, in order."""
    return PLACEHOLDER.findall(text)


def sentences(text: str) -> list[str]:
    """The sentences of an unfilled text, with the marks that end them."""
    return [part for part in _SENTENCE_END.split(text) if part]


def checked(words: Words, confirmed: date | None, recheck: date | None, today: date) -> list[str]:
    """Whether a person at the centre checked something, and whether that was too long ago."""
    if confirmed is None:
        return [words.text("X.not_confirmed")]
    said = [words.told("X.confirmed_on", confirmed)]
    if not is_fresh(confirmed, recheck, today):
        said.append(words.beginning("X.confirmed_on").text("X.check_before_use"))
    return said
