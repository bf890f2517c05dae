"""May a draft be printed? A centre decides; English, the source, and what a speaker has signed always may."""

from __future__ import annotations

from mrc_app.errors import Invalid, Problem
from mrc_app.guides.words import Words
from mrc_app.i18n import N_, language, languages

REFUSED = N_(
    "{language} is a draft that no speaker has signed, and this centre prints no drafts. It prints: {languages}."
)


def printable(domain: str) -> list[str]:
    """The codes of the languages whose guides or letters may be printed where drafts may not, English first."""
    if domain == "letters":
        from mrc_app.guides.letters_words import LetterWords, available

        return [code for code in available() if not LetterWords.load(code).draft]
    found = (Words.load(code) for code in sorted(languages(), key=lambda code: (code != "en", code)))
    return [each.language.code for each in found if each.own("D1.1") is not None and not each.draft]


def refusal(code: str, domain: str) -> Invalid:
    """Why nothing is printed in a language whose words are a draft, and which languages are printed instead."""
    named = ", ".join(language(one).name for one in printable(domain))
    return Invalid(language=Problem(REFUSED, {"language": language(code).name, "languages": named}))
