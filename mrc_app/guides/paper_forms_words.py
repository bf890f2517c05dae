"""The words of a paper form in one language: those of the screen, so that paper and page ask the same."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from mrc_app.casework.paper_forms import FormKind
from mrc_app.i18n import LRI, N_, PDI, Catalog, Labelled, ltr

BOX = "□"
TITLES = {
    FormKind.REGISTRATION: N_("Registration, short form"),
    FormKind.COUNSELLING: N_("Counselling note"),
    FormKind.GRIEVANCE: N_("Complaint, short form"),
    FormKind.EVENT: N_("Event"),
    FormKind.SIGN_IN: N_("Sign-in sheet"),
    FormKind.VILLAGE: N_("Village tally sheet"),
}
NUMBER = N_("Form {number}")
KEEP_SAFE = N_("Keep this paper locked away until it is typed in. Then destroy it or lock it away for good.")
TYPE_IN = N_("Type the number of this form in first: it counts as out until then.")
NAMES_FREE = N_("Nobody has to write a name. A mark is enough: only the numbers are typed in.")
STROKES = N_("One stroke for each person. Write the number at the end.")
TOTAL = N_("Total")
FILLED_BY = N_("Filled in by")
DAY = N_("Day (which calendar?)")
YES, NO = N_("yes"), N_("no")


@dataclass(frozen=True)
class FormWords:
    """The words of a language; what has no word stands in English."""

    catalog: Catalog

    @classmethod
    def load(cls, language: str) -> FormWords:
        """The words of a language. Raises Invalid for one the desk does not know."""
        return cls(Catalog.load(language, "mrc_app"))

    @property
    def code(self) -> str:
        """The language."""
        return self.catalog.language.code

    def say(self, message: str, **values: object) -> str:
        """A message in the language, else in English."""
        text = self.catalog.find(message) or self._english(message)
        text = text.format(**values) if values else text
        return text if any(sign.isalpha() for sign in text) else ltr(text)

    def _english(self, message: str) -> str:
        return f"{LRI}{message}{PDI}" if self.catalog.language.right_to_left else message

    def boxes(self, words: Iterable[Labelled | str]) -> str:
        """Words to choose from, each behind a box to tick, never parted from it."""
        said = (self.say(word.label if isinstance(word, Labelled) else word) for word in words)
        return "   ".join(f"{BOX}\u00a0{one.replace(' ', chr(0xA0))}" for one in said)

    def initial(self, word: Labelled) -> str:
        """The first letter of a word, for a narrow column."""
        return (self.catalog.find(word.label) or word.label)[:1].upper()
