"""The emergency card to cut out: her language and the destination's side by side, numbered so that pointing is enough.

Only numbers that a person at a centre has confirmed stand on it, only sentences that exist in both languages are set in
two columns, and there are always blank lines to write on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from mrc_app.errors import Invalid
from mrc_app.guides.conditions import printed
from mrc_app.guides.content import LineRule
from mrc_app.guides.lines import Book, Particulars, value_of
from mrc_app.guides.text_model import Edition, Said
from mrc_app.guides.values import BLANK, Service, Value
from mrc_app.guides.words import Words, checked, fill, names
from mrc_app.i18n import babel_locale, isolate, language

SENTENCES = tuple(f"E{number:02}" for number in range(1, 41))
OFFICE_DECIDES = frozenset({"E18", "E22", "E31", "E32", "E33", "E34", "E36"})
"""Sentences an office may leave out for a country."""
NOT_IF_AFRAID = frozenset({"E32"})


def card_lines(book: Book, rules: Iterable[LineRule]) -> list[Said]:
    """The lines of the card, each in her language and, where it exists, in the destination's."""
    said = [_pair(book, rule) for rule in rules if _wanted(book, rule)]
    return [line for line in said if line is not None]


def numbers(of: Particulars) -> list[tuple[Service, str]]:
    """The confirmed numbers for the card, each with the small note of when it was checked."""
    return [
        (service, " · ".join(checked(of.words, service.confirmed, service.recheck, of.today)))
        for service in of.services
        if service.fresh(of.today)
    ]


def forty(book: Book) -> list[Said]:
    """The forty emergency sentences that exist in her own language, beside the destination's. Others are left out."""
    rows = []
    for message in SENTENCES:
        own = book.of.words.own(message)
        if own is None or message in book.of.spoken_only or _tells_too_much(book, message):
            continue
        if message in NOT_IF_AFRAID and not printed(("-asy",), book.of.known):
            continue
        spoken = {"language": Value(isolate(language_name(book.of.words.language.code, book.of.words.writes)))}
        rows.append(_cells(book, message, own.text, spoken, None))
    return rows


def _tells_too_much(book: Book, message: str) -> bool:
    """The discreet edition holds none of the sentences an office may leave out: they name what it hides."""
    return book.of.edition is Edition.DISCREET and message in OFFICE_DECIDES


def _wanted(book: Book, rule: LineRule) -> bool:
    return rule.id not in book.of.spoken_only and printed(rule.when, book.of.known)


def _pair(book: Book, rule: LineRule) -> Said | None:
    word = book.of.words.find(rule.id)
    there = book.of.said_in(word.language)
    values = {name: value for name in names(word.text) if (value := value_of(there, rule, name))}
    if rule.optional and not values:
        return None
    return _cells(book, rule.id, word.text, values, rule.icon, word.language)


def _cells(
    book: Book, message: str, text: str, values: Mapping[str, Value], icon: str | None, code: str | None = None
) -> Said:
    words = book.of.words
    code = code or words.language.code
    shown = {name: value.text for name, value in values.items()}
    if "language" in names(text):
        shown["language"] = isolate(language_name(words.language.code, code))
    word = words.find(message)
    cells = [Said(message, _with_blanks(text, shown), code, mark=book.mark(word))]
    other = book.of.destination
    theirs = other.own(message) if other is not None else None
    if theirs is not None and other is not None and other.language.code != code:
        there = shown | _in_their_words(book, other, theirs.text)
        cells.append(Said(message, _with_blanks(theirs.text, there), theirs.language))
    return Said(message, "", code, "P", icon=icon, kind="card", cells=tuple(cells))


def _in_their_words(book: Book, other: Words, text: str) -> dict[str, str]:
    """Her language is named in the words of the one who reads the card."""
    if "language" not in names(text):
        return {}
    return {"language": isolate(language_name(book.of.words.language.code, other.language.code))}


def _with_blanks(text: str, shown: Mapping[str, str]) -> str:
    blanks = {name: BLANK for name in names(text) if name not in shown}
    return fill(text, {**shown, **blanks})


def language_name(code: str, reader: str) -> str:
    """The name of a language in another; where that is not known in the one that stands in for it, else its own."""
    from babel import Locale

    own, keys = _known_as(code)
    for asked in (reader, language(reader).fallback):
        known = Locale.parse(babel_locale(asked)).languages
        found = next((known[key] for key in keys if key in known), None)
        if found:
            return str(found)
    return own


def _known_as(code: str) -> tuple[str, list[str]]:
    """A language's own name, and the keys under which others name it; the code where the desk does not know it."""
    try:
        named = language(code)
    except Invalid:
        return code, [code.replace("-", "_"), code.split("-")[0]]
    keys = (named.babel, named.code.replace("-", "_"), named.code.split("-")[0])
    return named.autonym, [key for key in keys if key]
