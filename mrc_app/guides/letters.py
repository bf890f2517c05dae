"""Letters: from facts to pages, in the language of whoever reads them, with a copy in hers when she wants one.

A kind without a template, or a language that lacks one sentence of it, is refused; a translation that no speaker has
reviewed says so on the page. File names and titles say nothing.
"""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from functools import lru_cache
from io import BytesIO
from typing import Any

from mrc_app.casework.letters_given import may_go
from mrc_app.casework.letters_given_words import LetterKind
from mrc_app.errors import Invalid, MrcError, Problem
from mrc_app.guides.drafts import signed
from mrc_app.guides.letters_blocks import CONDITIONS, Writer
from mrc_app.guides.letters_facts import LetterFacts, Party
from mrc_app.guides.letters_words import LetterWords
from mrc_app.i18n import N_, isolate, ltr
from mrc_app.places import RESOURCES
from mrc_app.typesetting import blocks as b

PAPER = "letter"
STATUS_WORDS = (
    "undocumented", "irregular migrant", "irregular status", "illegal migrant", "no residence card",
    "without residence", "sans papiers", "sans-papiers", "situation irreguliere", "clandestin",
    "غير نظامي", "غير شرعي", "بدون اقامه", "بدون إقامة", "ሰነድ የሌለ", "ሕገወጥ ስደተኛ", "कागजात नभएका", "अवैध",
)  # fmt: skip
"""Words about a residence status, which stands in no letter."""


@dataclass(frozen=True)
class Part:
    """One part of a template: its id, its form, the text it begins with, and when it stands."""

    id: str
    form: str
    text: str = ""
    when: str = ""


@dataclass(frozen=True)
class Template:
    """A kind of letter: its subject and its parts in order."""

    kind: LetterKind
    subject: str
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Written:
    """A finished letter. ``draft``: a translation in it has not been reviewed by a speaker."""

    pdf: bytes
    pages: int
    language: str
    draft: bool
    file_name: str
    title: str


@lru_cache(maxsize=1)
def templates() -> dict[LetterKind, Template]:
    """Every template that ships (resources/letters)."""
    found = {}
    for path in sorted((RESOURCES / "letters").glob("*.toml")):
        rows = tomllib.loads(path.read_text("utf-8"))
        parts = tuple(Part(**row) for row in rows["block"])
        found[LetterKind(rows["kind"])] = Template(LetterKind(rows["kind"]), rows["subject"], parts)
    return found


def template(kind: str) -> Template:
    """The template of a kind. Raises Invalid where there is none."""
    try:
        return templates()[LetterKind(kind)]
    except (ValueError, KeyError):
        raise Invalid(
            kind=Problem(N_("There is no template for a letter of the kind “{kind}”."), {"kind": kind})
        ) from None


def make(facts: LetterFacts, *, language: str, copy: str = "", drafts: bool = True) -> Written:
    """The letter as a PDF, with a copy in a second language behind it. ``drafts``: whether the centre prints what no
    speaker has signed.

    Raises Invalid for a kind or a language there is nothing for, MrcError where it may not be written.
    """
    stop = may_go(facts.to, fears_own_state=facts.fears_own_state)
    if stop is not None:
        raise MrcError(stop.message)
    chosen = template(facts.kind)
    sheets = [_sheet(facts, chosen, signed(LetterWords.load(language), drafts), "")]
    if copy:
        second = signed(LetterWords.load(copy), drafts)
        sheets.append(_sheet(facts, chosen, second, second.say("L.copy", language=second.language.autonym)))
    first = sheets[0]
    return Written(
        first.pdf if len(sheets) == 1 else _bound([sheet.pdf for sheet in sheets], first.title),
        sum(sheet.pages for sheet in sheets),
        first.language,
        any(sheet.draft for sheet in sheets),
        f"letter-{first.language}.pdf",
        first.title,
    )


def _sheet(facts: LetterFacts, chosen: Template, words: LetterWords, above: str) -> Written:
    from mrc_app.typesetting.compose import compose

    title = words.raw("L.title")
    made = list(blocks(facts, chosen, words, above))
    _refuse_private(facts, "\n".join(texts(made)))
    composed = compose(made, language=words.code, title=title, paper=PAPER)
    return Written(composed.pdf, composed.pages, words.code, words.draft, "", title)


def blocks(facts: LetterFacts, chosen: Template, words: LetterWords, above: str = "") -> Iterator[b.Block]:
    """The whole letter as blocks."""
    yield from _head(facts, chosen, words, above)
    writer = Writer(facts, words)
    for part in chosen.parts:
        if CONDITIONS[part.when](facts):
            yield from writer.block(part.form, part.text)


def _head(facts: LetterFacts, chosen: Template, words: LetterWords, above: str) -> Iterator[b.Block]:
    say = words.say
    yield from [b.Note(above)] if above else []
    yield from [b.Note(note)] if (note := words.standing_note) else []
    yield b.Line(isolate(facts.sender.name), strong=True)
    yield from _address(facts.sender)
    yield b.Line(isolate(words.day(facts.on)))
    yield from [b.Line(say("L.ref", number=ltr(facts.number)), small=True)] if facts.number else []
    if facts.receiver.name:
        yield b.Space(2)
        yield b.Line(f"{say('L.to')} {isolate(facts.receiver.name)}", strong=True)
        yield from _address(facts.receiver)
    yield b.Heading(say("L.title") if facts.restricted else say(chosen.subject), 2)
    if chosen.kind is not LetterKind.COMPLAINT_SHEET:
        yield b.Line(say("L.greeting"))


def _address(party: Party) -> Iterator[b.Block]:
    lines = [isolate(line.strip()) for line in party.address.splitlines() if line.strip()]
    lines += [ltr(party.phone)] if party.phone else []
    if lines:
        yield b.Line(" · ".join(lines), small=True)


def texts(found: Iterable[Any]) -> Iterator[str]:
    """Every text in blocks."""
    for one in found:
        if isinstance(one, str):
            yield one
        elif isinstance(one, list | tuple):
            yield from texts(one)
        elif is_dataclass(one) and not isinstance(one, type):
            yield from texts(getattr(one, field.name) for field in fields(one))


def _refuse_private(facts: LetterFacts, text: str) -> None:
    """Stops a letter in which something stands that may not leave."""
    open_texts = (*facts.names, facts.sender, facts.receiver, facts.respondent, facts.officer)
    page = _folded(text)
    for shown in sorted((_folded(one) for one in texts(open_texts) if one), key=len, reverse=True):
        page = page.replace(shown, " ")
    tight = "".join(page.split())
    if any(_folded(word) in page for word in STATUS_WORDS):
        raise MrcError(
            N_("Something in this letter tells a residence status. It never stands in a letter: take it out.")
        )
    for secret in facts.private:
        bare = "".join(_folded(secret).split())
        if len(bare) >= 5 and bare in tight:
            raise MrcError(N_("Something in this letter is private to her and may not leave. Take it out."))


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(sign for sign in plain if not unicodedata.combining(sign) and unicodedata.category(sign) != "Cf")


def _bound(pdfs: list[bytes], title: str) -> bytes:
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter()
    for pdf in pdfs:
        writer.append(PdfReader(BytesIO(pdf)), import_outline=False)
    writer.metadata = {"/Title": title, "/Creator": "mrc-desk", "/Producer": "mrc-desk"}
    out = BytesIO()
    writer.write(out)
    return out.getvalue()
