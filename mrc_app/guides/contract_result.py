"""One sheet for her to take away: what is not right in her contract, what to ask for, our advice and her decision.

One side of A4 in big type. A rule carries its source and age; what nobody can tell stands apart from what is wrong.
How she is reached is only hinted: the words agreed for a call never stand on a paper that others may see.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from mrc_app.casework.contract_findings import Check, Finding
from mrc_app.casework.contract_terms import Terms
from mrc_app.corridors.catalogue import Corridor
from mrc_app.errors import Problem
from mrc_app.guides import letters_tables as tables
from mrc_app.guides.drafts import signed
from mrc_app.guides.letters_facts import Found, Version
from mrc_app.guides.letters_values import figure
from mrc_app.guides.letters_words import LetterWords
from mrc_app.i18n import N_, isolate
from mrc_app.typesetting import blocks as b

if TYPE_CHECKING:
    from mrc_app.casework.clients import Client

PAPERS = ("a4", "a4-full", "letter")
"""Big type first; smaller only where the sheet would not fit on one page."""
TWO_PAGES = N_("The result does not fit on one page: it has {pages}.")
SMALL = N_("The result is long: the type is smaller than it should be.")


@dataclass(frozen=True)
class MissingPapers:
    """The approval file: which papers are missing, in words, and how many of how many were seen."""

    missing: tuple[str, ...] = ()
    seen: int = 0
    all: int = 0


@dataclass(frozen=True)
class Result:
    """What a check came to. ``verdict`` and ``decision`` are words of contract_words; ``may_call`` is her rule."""

    findings: tuple[Found, ...]
    terms: Terms
    today: date
    promised: Terms | None = None
    verdict: str = "not_given"
    decision: str = "not_asked"
    papers: MissingPapers = MissingPapers()
    may_call: bool = False
    next_on: date | None = None
    officer: str = ""
    explained_in: str = ""


@dataclass(frozen=True)
class Sheet:
    """The finished sheet."""

    pdf: bytes
    pages: int
    language: str
    draft: bool
    warnings: tuple[Problem, ...]
    file_name: str
    title: str


def of_check(
    *,
    check: Check,
    terms: Terms,
    corridor: Corridor | None = None,
    language: str,
    today: date,
    client: Client | None = None,
    decision: str | None = None,
    missing_papers: MissingPapers | Sequence[str] = (),
    promised: Terms | None = None,
    verdict: str = "not_given",
    next_on: date | None = None,
    officer: str = "",
) -> Sheet:
    """The sheet of a check that was just made. Without ``officer`` nobody is said to have explained it.

    Raises Invalid for an unknown language, MrcError for one without a translation.
    """
    papers = missing_papers if isinstance(missing_papers, MissingPapers) else MissingPapers(tuple(missing_papers))
    result = Result(
        tuple(_found(one) for one in check.findings), terms, today, promised, verdict, decision or "not_asked", papers,
        may_call=client is not None and may_call(client), next_on=next_on, officer=officer, explained_in=language,
    )  # fmt: skip
    return make(result, language=language)


def may_call(client: Client) -> bool:
    """Whether she allowed calls to a phone she gave."""
    return bool(client.phone) and client.may_call.value == "yes"


def _found(one: Finding) -> Found:
    return Found(
        one.check, one.verdict.value, one.red, one.contract, one.rule, one.side.value if one.side else "",
        one.source.title if one.source else "", one.as_of, one.confidence.value if one.confidence else "",
    )  # fmt: skip


def make(result: Result, *, language: str, drafts: bool = True) -> Sheet:
    """The sheet in her language. Raises Invalid for an unknown language or for a draft where the centre prints no
    ``drafts``, MrcError for one without a translation."""
    from mrc_app.typesetting.compose import compose

    words = signed(LetterWords.load(language), drafts)
    made, title = list(blocks(result, words)), words.raw("S.title")
    for paper in PAPERS:
        composed = compose(made, language=words.code, title=title, paper=paper)
        if composed.pages == 1:
            break
    said = [Problem(TWO_PAGES, {"pages": composed.pages})] if composed.pages > 1 else []
    said += [Problem(SMALL)] if paper == PAPERS[-1] else []
    name = f"sheet-{words.code}.pdf"
    return Sheet(composed.pdf, composed.pages, words.code, words.draft, tuple(said), name, title)


def blocks(result: Result, words: LetterWords) -> Iterator[b.Block]:
    """The sheet as blocks."""
    say = words.say
    yield b.Heading(say("S.title"))
    what = say("S.what", date=words.day(result.today))
    yield b.Note(f"{what} {words.standing_note}".rstrip())
    yield from _red(result, words)
    yield from _promised(result, words)
    yield from _advice(result, words)
    yield from _cannot(result, words)
    yield from _papers(result, words)
    yield from _again(result, words)
    yield from _rules(result, words)
    yield from _explained(result, words)


def _red(result: Result, words: LetterWords) -> Iterator[b.Block]:
    red = [next(ones) for _point, ones in groupby((one for one in result.findings if one.red), lambda one: one.check)]
    if not red:
        yield b.Line(words.raw("S.no_red"), strong=True)
        return
    rows: list[list[str | b.Cell]] = [[words.raw("S.red"), words.raw("S.ask")]]
    rows += [[_wrong(one, words), words.raw(f"R.{one.check}.should")] for one in red]
    yield b.Table(rows, widths=(1.15, 1))


def _wrong(one: Found, words: LetterWords) -> str:
    sentence = words.first(f"R.{one.check}.{one.verdict}", f"R.{one.verdict}")
    return f"{words.raw(f'R.{one.check}.name')}: {sentence}"


def _promised(result: Result, words: LetterWords) -> Iterator[b.Block]:
    if result.promised is None:
        return
    grid = tables.versions(words, [Version("offer", result.promised), Version("paper", result.terms)])
    if grid is not None:
        head: list[str | b.Cell] = [words.raw(f"S.col.{one}") for one in ("what", "promised", "paper")]
        yield b.Line(words.raw("S.promised"), strong=True)
        yield b.Table([head, *map(list, grid.rows[1:])], widths=(1, 1, 1))


def _advice(result: Result, words: LetterWords) -> Iterator[b.Block]:
    told: list[list[str | b.Cell]] = [
        [words.raw("S.advice"), b.Cell(words.raw(f"S.verdict.{result.verdict}"), strong=True)],
        [words.raw("S.decision"), b.Cell(words.raw(f"S.decision.{result.decision}"), strong=True)],
    ]
    yield b.Table(told, header=False, widths=(1, 2))
    yield b.Line(words.raw("S.decision.yours"))


def _cannot(result: Result, words: LetterWords) -> Iterator[b.Block]:
    points = dict.fromkeys(one.check for one in result.findings if one.verdict == "cannot_tell")
    if points:
        yield b.Line(words.raw("S.cannot"), strong=True)
    for point in points:
        own = f"R.{point}.cannot_tell"
        said = words.raw(own) if words.has(own) else f"{words.raw(f'R.{point}.name')}: {words.raw('R.cannot_tell')}"
        yield b.Line(said, bullet=True, small=True)


def _papers(result: Result, words: LetterWords) -> Iterator[b.Block]:
    papers = result.papers
    if papers.all or papers.missing:
        seen = words.say("S.papers.seen", seen=papers.seen, all=papers.all) if papers.all else ""
        missing = "، " if words.language.right_to_left else ", "
        names = missing.join(isolate(words.of_screen(one) or one) for one in papers.missing)
        yield b.Line(f"{words.raw('S.papers')}: {names}. {seen}".strip() if names else seen, small=True)


def _again(result: Result, words: LetterWords) -> Iterator[b.Block]:
    said = [words.raw("S.contact.call" if result.may_call else "S.contact.none")]
    said += [words.say("S.contact.next", date=words.day(result.next_on))] if result.next_on else []
    yield b.Line(" ".join(said), small=True)


def _rules(result: Result, words: LetterWords) -> Iterator[b.Block]:
    """Where each rule comes from: points that share a source stand together; a rule's prose stays in its own file."""
    points: dict[str, list[str]] = {}
    for one in result.findings:
        if one.source and (one.red or one.verdict == "cannot_tell"):
            points.setdefault(rule(one, words), []).append(words.raw(f"R.{one.check}.name"))
    if points:
        yield b.Line(words.raw("S.rules"), strong=True, small=True)
    comma = "، " if words.language.right_to_left else ", "
    for told, names in points.items():
        yield b.Note(f"{comma.join(dict.fromkeys(names))}: {told}")


def rule(one: Found, words: LetterWords) -> str:
    """Whose rule it is, its amount, where it was read, how old it is, and how sure its source makes us."""
    amount = figure(words, one.rule) if one.rule is not None and one.rule.currency else ""
    parts = [words.first(f"S.side.{one.side}", "S.side.none"), amount, isolate(one.source),
             isolate(one.as_of) if one.as_of else words.raw("S.undated")]  # fmt: skip
    parts += [words.raw(f"S.conf.{one.confidence}")] if one.confidence else []
    comma = "، " if words.language.right_to_left else ", "
    return comma.join(part for part in parts if part)


def _explained(result: Result, words: LetterWords) -> Iterator[b.Block]:
    made: list[b.Block] = []
    if result.officer:
        spoken = words.language_name(result.explained_in or words.code)
        made.append(b.Line(words.say("S.explained", language=spoken, officer=result.officer), small=True))
    yield b.Together([*made, b.WriteIn(words.raw("S.sign"))])


def red_points(findings: Sequence[Found]) -> list[str]:
    """The numbers of the red points, each once."""
    return list(dict.fromkeys(one.check for one in findings if one.red))
