"""May a draft be printed? A centre decides; English, the source, and what a speaker has signed always may."""

from __future__ import annotations

from mrc_app.errors import Invalid, Problem
from mrc_app.guides.letters_words import LetterWords
from mrc_app.guides.words import Words
from mrc_app.i18n import N_, Catalog, language, languages

REFUSED = N_(
    "{language} is a draft that no speaker has signed, and this centre prints no drafts. It prints: {languages}."
)
PROBES = {"letters": "L.title", "experience": "E.title"}
"""A text that every language of a paper has."""


def printable(domain: str) -> list[str]:
    """The codes of the languages in which a paper may be printed where drafts may not, English first."""
    codes = sorted(languages(), key=lambda code: (code != "en", code))
    if domain == "guides":
        readers = (Words.load(code) for code in codes)
        return [each.language.code for each in readers if each.own("D18.1") is not None and not each.draft]
    papers = (LetterWords(language(code), Catalog.load(code, domain)) for code in codes)
    return [each.code for each in papers if each.has(PROBES[domain]) and not each.draft]


def refusal(code: str, domain: str) -> Invalid:
    """Why nothing is printed in a language whose words are a draft, and which languages are printed instead."""
    named = ", ".join(language(one).name for one in printable(domain))
    return Invalid(language=Problem(REFUSED, {"language": language(code).name, "languages": named}))


def signed(words: LetterWords, drafts: bool) -> LetterWords:
    """The words of a letter or another paper. Raises Invalid for a draft where the centre prints no ``drafts``."""
    if words.draft and not drafts:
        raise refusal(words.code, words.catalog.domain)
    return words
