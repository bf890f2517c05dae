"""A page of experience to show an employer: what she has done, where, from when to when, what she can do.

It is the worker's statement, seen by the office, and says so: no qualification, no promise. No case number, no phone
and no reason for coming home stands on it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from mrc_app.casework import clients, occupations, skills
from mrc_app.casework.client_words import Answer
from mrc_app.casework.skill_words import Level, Recognised, SkillKind, TrainingState
from mrc_app.casework.skills import Recognition, Skill, Training
from mrc_app.guides.drafts import signed
from mrc_app.guides.letters_words import LetterWords
from mrc_app.i18n import Catalog, completeness, isolate, language, ltr
from mrc_app.store.roles import May, needs
from mrc_app.typesetting import blocks as b

if TYPE_CHECKING:
    from sqlmodel import Session

DOMAIN = "experience"

PAPERS = ("a4", "a4-full")


@cache
def written_in() -> tuple[str, ...]:
    """The languages in which the whole certificate was written, English first."""
    whole = [row["code"] for row in completeness(DOMAIN) if row["translated"] == row["total"]]
    return tuple(sorted(whole, key=lambda code: (code != "en", code)))


@dataclass(frozen=True)
class Experience:
    """What is printed: her name, her work, what else she can do, and who saw it."""

    name: str
    jobs: tuple[Skill, ...]
    others: tuple[Skill, ...]
    trainings: tuple[Training, ...]
    recognised: tuple[Recognition, ...]
    speaks: tuple[str, ...]
    centre: str
    today: date


@dataclass(frozen=True)
class Certificate:
    """The finished page."""

    pdf: bytes
    pages: int
    language: str
    draft: bool
    file_name: str
    title: str


# -- reading


@needs(May.SEE_NAMES)
def of_client(session: Session, client: str, *, centre: str, today: date) -> Experience:
    """What is known of a client's experience."""
    person = clients.by_uuid(session, client)
    listed = skills.of_client(session, client)
    return Experience(
        name=clients.full_name(person),
        jobs=tuple(one for one in listed if one.kind is SkillKind.OCCUPATION),
        others=tuple(one for one in listed if one.kind not in (SkillKind.OCCUPATION, SkillKind.LANGUAGE)),
        trainings=tuple(one for one in skills.trainings(session, client) if one.state is TrainingState.COMPLETED),
        recognised=tuple(
            one for one in skills.recognitions(session, client) if one.result in (Recognised.FULL, Recognised.PART)
        ),
        speaks=tuple(dict.fromkeys(code for code in (*person.speaks, person.language) if code)),
        centre=centre, today=today,
    )  # fmt: skip


# -- printing


def words_of(code: str) -> LetterWords:
    """The words of a language. Raises Invalid for one the desk does not know, MrcError for one without them."""
    known = language(code)
    words = LetterWords(known, Catalog.load(known.code, DOMAIN))
    if not words.has("E.title"):
        raise words.refusal()
    return words


def make(told: Experience, *, language: str, drafts: bool = True) -> Certificate:
    """The page in a language. Raises Invalid for an unknown language or for a draft where the centre prints no
    ``drafts``, MrcError for one without a translation."""
    from mrc_app.typesetting.compose import compose

    words = signed(words_of(language), drafts)
    made, title = list(blocks(told, words)), words.raw("E.title")
    for paper in PAPERS:
        composed = compose(made, language=words.code, title=title, paper=paper)
        if composed.pages == 1:
            break
    name = f"experience-{words.code}.pdf"
    return Certificate(composed.pdf, composed.pages, words.code, words.draft, name, title)


def blocks(told: Experience, words: LetterWords) -> Iterator[b.Block]:
    """The page as blocks."""
    yield b.Heading(words.raw("E.title"))
    yield b.Line(isolate(told.name), strong=True)
    yield b.Note(words.say("E.what", centre=told.centre, date=words.day(told.today)))
    yield b.Line(words.raw("E.no_qualification"), strong=True, small=True)
    if note := words.standing_note:
        yield b.Note(note)
    yield from _jobs(told.jobs, words)
    yield from _lines(words, "E.skills", [_skill(one, words) for one in told.others])
    yield from _lines(words, "E.courses", [_course(one, words) for one in told.trainings])
    yield from _lines(words, "E.recognised", [_recognised(one, words) for one in told.recognised])
    if told.speaks:
        spoken = _row(words, (isolate(words.language_name(code)) for code in told.speaks))
        yield b.Fact(words.raw("E.languages"), spoken)
    signs = [b.WriteIn(words.raw(f"E.sign.{who}")) for who in ("worker", "office")]
    yield b.Together([b.Note(words.raw("E.checked")), *signs])


def _jobs(jobs: Sequence[Skill], words: LetterWords) -> Iterator[b.Block]:
    if not jobs:
        yield b.Line(words.raw("E.no_job"))
        return
    head: list[str | b.Cell] = [words.raw(f"E.col.{one}") for one in ("work", "where", "when", "seen")]
    rows: list[list[str | b.Cell]] = [head]
    rows += [[_work(one, words), _where(one, words), _when(one, words), _seen(one, words)] for one in jobs]
    yield b.Table(rows, widths=(1.5, 1.3, 1.1, 0.8))


def _work(one: Skill, words: LetterWords) -> str:
    known = occupations.of_code(one.isco)
    code = f"ISCO-08 {one.isco}" if one.isco else ""
    told = [isolate(one.title), ltr(code) if code else ""]
    told += [words.raw("E.reported")] if known is not None and known.reported else []
    told += [words.raw(f"E.level.{one.level.value}")] if one.level is not Level.NOT_ASKED else []
    return _row(words, told)


def _where(one: Skill, words: LetterWords) -> str:
    from mrc_app.corridors import countries

    place = countries.name(one.learned_country, words.code) if one.learned_country else ""
    return _row(words, (isolate(part) for part in (one.workplace, place) if part)) or "–"


def _when(one: Skill, words: LetterWords) -> str:
    days = [words.day(day) if day else words.raw("E.open") for day in (one.since, one.until)]
    told = f"{days[0]} – {days[1]}" if one.since or one.until else ""
    years = words.say("E.years", n=one.years) if one.years is not None else ""
    return _row(words, (told, years)) or "–"


def _seen(one: Skill, words: LetterWords) -> str:
    return words.raw("E.seen.yes" if one.paper_seen is Answer.YES else "E.seen.no")


def _skill(one: Skill, words: LetterWords) -> str:
    level = words.raw(f"E.level.{one.level.value}") if one.level is not Level.NOT_ASKED else ""
    return _row(words, (isolate(one.title), level, _seen(one, words)))


def _course(one: Training, words: LetterWords) -> str:
    hours = words.say("E.hours", n=one.hours) if one.hours else ""
    school = isolate(one.provider) if one.provider else ""
    day = words.day(one.certified_on) if one.certified_on else ""
    return _row(words, (isolate(one.course), school, hours, day))


def _recognised(one: Recognition, words: LetterWords) -> str:
    result = words.raw(f"E.result.{one.result.value}")
    level = words.say("E.level_of", level=one.level) if one.level else ""
    assessor = isolate(one.assessor) if one.assessor else ""
    return _row(words, (isolate(one.occupation), assessor, level, result))


def _row(words: LetterWords, parts: Iterable[str]) -> str:
    """Several short things in a line, with the comma of the language; what is empty is left out."""
    comma = "، " if words.language.right_to_left else "፣ " if words.code == "am" else ", "
    return comma.join(part for part in parts if part)


def _lines(words: LetterWords, title: str, lines: Sequence[str]) -> Iterator[b.Block]:
    if lines:
        yield b.Line(words.raw(title), strong=True)
    for line in lines:
        yield b.Line(line, bullet=True, small=True)
