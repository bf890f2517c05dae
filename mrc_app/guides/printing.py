"""A guide on its paper: a book, one sheet, two languages side by side, a wall poster, a card to fold, the script."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mrc_app.errors import Invalid, MrcError, Problem
from mrc_app.guides import confirmed, folded, poster, script, sheet, two_columns
from mrc_app.guides.kinds import Kind, kind_of
from mrc_app.guides.layout import CARD, MOST_COMPACT_PAGES, Closing, Layout
from mrc_app.guides.lines import Particulars
from mrc_app.guides.text_model import Edition, TextModel
from mrc_app.guides.words import sentences
from mrc_app.i18n import N_, language
from mrc_app.typesetting import blocks as b
from mrc_app.typesetting.setting import Paper

if TYPE_CHECKING:
    from mrc_app.guides.making import GuideRequest
    from mrc_app.typesetting.compose import Composed

BOOKS = ("a6", "a5", "a4", "booklet", "one-sheet")
POSTERS = ("poster", "poster-a4")
PAPERS = (*BOOKS, *POSTERS, "card", "script")
THIN = "a6-thin"
"""What a small book is set on when it would grow too thick: the same sheet, its lines a little closer."""
SET_ON = {"booklet": "a6", "one-sheet": "a4", "script": "a4-full"}
BESIDE = ("a5", "a4", "card")
"""Papers that may hold a second language chosen for them."""
PANELS, MORE_PANELS = 4, 8
"""Panels of a card folded twice, and of a sheet folded into eight."""


@dataclass(frozen=True)
class Job:
    """What is set on paper. ``second`` is the same book in a second language: the one beside hers, or the officer's."""

    request: GuideRequest
    of: Particulars
    model: TextModel
    closing: Closing
    second: tuple[Particulars, TextModel] | None = None


def narrowed(request: GuideRequest) -> GuideRequest:
    """The request as its form allows it. Raises Invalid or MrcError for what the form cannot be."""
    kind = kind_of(request.kind)
    if request.paper not in PAPERS:
        listed = ", ".join(PAPERS)
        said = N_("There is no paper “{paper}”: choose one of {papers}.")
        raise Invalid(paper=Problem(said, {"paper": request.paper, "papers": listed}))
    _check_beside(request)
    if request.section and request.paper not in POSTERS:
        raise Invalid(section=Problem(N_("One section alone is printed as a poster.")))
    if request.paper in POSTERS:
        return confirmed.only(_for_a_wall(request))
    if request.paper == "card" and not kind.card:
        raise Invalid(paper=Problem(N_("The return guide has no emergency card.")))
    return confirmed.only(request) if request.paper == "card" else request


def left_out(request: GuideRequest, kind: Kind, every: Iterable[str]) -> frozenset[str]:
    """The sections that this form leaves out: a poster and a card have one."""
    only = request.section.upper() if request.paper in POSTERS else kind.card if request.paper == "card" else ""
    if not only:
        return frozenset(section.upper() for section in request.leave_out)
    known = frozenset(every)
    if only not in known:
        raise Invalid(section=Problem(N_("This guide has no section “{section}”."), {"section": only}))
    return known - {only}


def in_form(request: GuideRequest, model: TextModel) -> TextModel:
    """The book in words as this form prints it."""
    if request.paper in POSTERS:
        return poster.on_a_wall(model, kind_of(request.kind))
    if request.paper == "card":
        return replace(model, sections=tuple(section for section in model.sections if section.id in CARD))
    return model


def pages(job: Job) -> tuple[Composed, bytes]:
    """The pages as they are read, and the sheets as they are printed."""
    paper = job.request.paper
    turned = job.of.words.language.right_to_left
    from mrc_app.typesetting import impose

    if paper in POSTERS:
        done = _largest(job, poster.blocks(job.model, Layout(job.of)), poster.paper, poster.SIZES, 1, job.model.foot)
        return done, impose.in_halves(done.pdf, turned) if paper == "poster-a4" else done.pdf
    if paper == "card":
        many = any(section.id == "E" for section in job.model.sections)
        small = Layout(job.of, compact=True)
        theirs = job.of.destination.standing_note if job.of.destination else ""
        made, foot = folded.blocks(job.model, small), _feet(*(_brief(one) for one in (small.foot(job.model), theirs)))
        done = _largest(job, made, folded.paper, folded.SIZES, MORE_PANELS if many else PANELS, foot)
        fold: Callable[[bytes, bool], bytes] = impose.one_sheet if done.pages > PANELS else impose.quarter_fold
        return done, fold(done.pdf, turned)
    done = _read(job)
    return done, impose.saddle_stitch(done.pdf, turned) if paper == "booklet" else done.pdf


def too_thick(request: GuideRequest, pages: int) -> list[Problem]:
    """Whether a small book has more pages than are carried."""
    if SET_ON.get(request.paper, request.paper) != "a6" or pages <= MOST_COMPACT_PAGES:
        return []
    said = N_("The small book has {pages} pages; {most} are enough to carry. Leave out sections or take larger paper.")
    return [Problem(said, {"pages": pages, "most": MOST_COMPACT_PAGES})]


def _read(job: Job) -> Composed:
    """A book; a small one that grew too thick is set again without its line pictograms."""
    paper = SET_ON.get(job.request.paper, job.request.paper)
    if job.second is not None and job.request.paper == "script":
        return _script(job, *job.second)
    layout = Layout.chosen(job.model, job.of, paper)
    if job.second is not None:
        both = two_columns.Beside(layout, job.model, job.second[1])
        foot = _feet(layout.foot(job.model), job.second[1].foot)
        return _set(job, both.book(job.closing), two_columns.PAPERS[paper], foot)
    done = _book(job, layout, paper)
    if layout.compact and done.pages > MOST_COMPACT_PAGES:
        done = _book(job, replace(layout, thin=True), THIN)
    return done


def _book(job: Job, layout: Layout, paper: str) -> Composed:
    if job.request.paper == "one-sheet":
        made = sheet.sheet_blocks(job.model, layout, job.closing)
    else:
        made = layout.book(job.model, job.closing)
    return _set(job, made, paper, layout.foot(job.model))


def _script(job: Job, officer: Particulars, his: TextModel) -> Composed:
    """The script is the officer's: its pages are in his language, her lines beside his."""
    made = script.blocks(job.model, job.of, his, officer, job.request.officer)
    foot = _feet(his.foot, job.model.foot)
    return _set(replace(job, of=officer), made, SET_ON["script"], foot, officer.words.text("X.script_title"))


def _feet(*notes: str) -> str:
    """How far each language of a page is, in one line."""
    return " · ".join(dict.fromkeys(note for note in notes if note))


def _brief(note: str) -> str:
    return sentences(note)[0] if note else ""


def _largest(
    job: Job, made: Sequence[b.Block], paper: Callable[[float], Paper], sizes: Sequence[float], most: int, foot: str
) -> Composed:
    """The largest type with which it fits on so many pages. Raises MrcError where the smallest is too large."""
    best, low, high = None, 0, len(sizes) - 1
    while low <= high:
        middle = (low + high) // 2
        done = _set(job, made, paper(sizes[middle]), foot)
        if done.pages <= most:
            best, high = done, middle - 1
        else:
            low = middle + 1
    if best is None:
        raise MrcError(N_("This is too long for one sheet: leave something out, or take another form."))
    return best


def _set(job: Job, made: Sequence[b.Block], paper: str | Paper, foot: str, title: str = "") -> Composed:
    from mrc_app.typesetting.compose import compose

    return compose(
        made,
        language=job.of.words.language.code,
        title=title or job.model.title,
        paper=paper,
        foot=foot,
        line_art=job.request.line_art,
        phones=frozenset(one.number for one in job.of.services if one.number) | {job.of.one_number},
        own_digits=job.request.own_digits,
    )


def _for_a_wall(request: GuideRequest) -> GuideRequest:
    if request.person is not None:
        raise MrcError(N_("A poster hangs where everybody reads it: make it without a client."))
    if not request.section:
        raise Invalid(section=Problem(N_("Say which section goes on the wall, like D6.")))
    return replace(request, edition=Edition.FULL, if_you_go=False, sentences=False)


def _check_beside(request: GuideRequest) -> None:
    if not request.beside:
        return
    if request.paper not in BESIDE:
        said = N_("Two languages side by side need a4 or a5, or a card.")
        raise Invalid(beside=Problem(said))
    if language(request.beside).code == language(request.language).code:
        raise Invalid(beside=Problem(N_("Choose another language than hers to stand beside it.")))
