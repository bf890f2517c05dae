"""Versions of one contract side by side on paper, with the money lost a month and so far."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from mrc_app.casework.contract_differences import Loss
from mrc_app.guides import letters_tables as tables
from mrc_app.guides.drafts import signed
from mrc_app.guides.letters_facts import Version
from mrc_app.guides.letters_words import LetterWords
from mrc_app.i18n import isolate
from mrc_app.typesetting import blocks as b


@dataclass(frozen=True)
class DifferenceSheet:
    """The finished sheet."""

    pdf: bytes
    pages: int
    language: str
    draft: bool
    file_name: str
    title: str


def make(
    versions: Sequence[Version],
    *,
    language: str,
    today: date,
    loss: Loss | None = None,
    centre: str = "",
    drafts: bool = True,
) -> DifferenceSheet:
    """The sheet. ``loss`` is reckoned by the casework; without it nothing is said of money.

    Raises Invalid for an unknown language, MrcError for one without a translation.
    """
    from mrc_app.typesetting.compose import compose

    words = signed(LetterWords.load(language), drafts)
    title = words.raw("D.title")
    made = list(blocks(versions, words, today, loss, centre))
    composed = compose(made, language=words.code, title=title, paper="a4-full")
    return DifferenceSheet(composed.pdf, composed.pages, words.code, words.draft, f"versions-{words.code}.pdf", title)


def blocks(
    versions: Sequence[Version], words: LetterWords, today: date, loss: Loss | None, centre: str
) -> Iterator[b.Block]:
    """The sheet as blocks."""
    yield b.Heading(words.raw("D.title"))
    yield from [b.Note(note)] if (note := words.standing_note) else []
    yield b.Note(", ".join(isolate(one) for one in (centre, words.day(today)) if one))
    yield b.Line(words.raw("D.what"))
    grid = tables.versions(words, versions)
    yield grid if grid is not None else b.Line(words.raw("D.same"), strong=True)
    yield from _lost(words, loss)


def _lost(words: LetterWords, loss: Loss | None) -> Iterator[b.Block]:
    if loss is None:
        return
    if loss.per_month is None or loss.total is None:
        yield b.Line(words.raw("D.no_loss"), strong=True)
        yield b.Note(words.raw("D.apart"))
        return
    months = f"{Decimal(loss.months).normalize():f}"
    yield b.Line(words.say("D.lost_month", amount=words.money(loss.per_month)), strong=True)
    yield b.Line(words.say("D.lost_so_far", n=months, amount=words.money(loss.total)), strong=True)
