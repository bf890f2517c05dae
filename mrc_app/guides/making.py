"""The guides: from a request to pages. The one door for the screen and the command line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache

from mrc_app.corridors import catalogue, countries
from mrc_app.corridors.catalogue import Corridor
from mrc_app.errors import Invalid, Problem
from mrc_app.guides import money_pages, never_printed, printing
from mrc_app.guides.assembling import assemble
from mrc_app.guides.conditions import Circumstances, circumstances
from mrc_app.guides.content import VERSION, chosen, sections
from mrc_app.guides.drafts import refusal
from mrc_app.guides.homecoming import Homecoming, Rows, careful, repeated, tables, values
from mrc_app.guides.kinds import DEPARTURE, RETURN, Kind, kind_of
from mrc_app.guides.layout import Closing
from mrc_app.guides.lines import Particulars
from mrc_app.guides.money_pages import Offer
from mrc_app.guides.person import PersonFacts, person_values
from mrc_app.guides.place import Centre, Checked, Place, place_values
from mrc_app.guides.printing import Job
from mrc_app.guides.text_model import Edition, TextModel, plain
from mrc_app.guides.values import Service, Value, name, number, phone
from mrc_app.guides.words import Words
from mrc_app.i18n import N_, _, language

THERE = "there"


@dataclass(frozen=True)
class GuideRequest:
    """What to print. ``person`` None is the general guide; ``spoken_only`` are line ids the office never prints.

    ``kind`` is "departure" or "return"; the corridor stays the journey's, also on the way home. ``transfers`` are the
    transfer services she named. ``one_number`` is the number she learns by heart; ``officer`` is printed only when
    given. ``known`` is the corridor as a centre knows it; without it, what came with the program; ``texts`` are
    the lines (by language and id) that it accepted in the place of the program's; ``drafts`` whether it prints what
    no speaker has signed. ``section`` is what a poster shows; ``beside`` a second language beside hers
    (a code, or ``there``); ``officer_language`` the one in which the script speaks to its reader. ``own_digits`` writes
    numbers in running text in the digits of her language; phones, money and the numbers of papers keep the Western
    ones.
    """

    language: str
    corridor: str
    today: date
    paper: str = "a5"
    leave_out: frozenset[str] = frozenset()
    edition: Edition = Edition.FULL
    centre: Centre | None = None
    person: PersonFacts | None = None
    sector: str = ""
    services: tuple[Service, ...] = ()
    confirmations: Mapping[str, Checked] = field(default_factory=dict)
    spoken_only: frozenset[str] = frozenset()
    one_number: str = ""
    officer: str = ""
    if_you_go: bool = False
    sentences: bool = False
    line_art: bool = False
    kind: str = DEPARTURE.rules
    transfers: tuple[Offer, ...] = ()
    known: Corridor | None = None
    texts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    drafts: bool = True
    section: str = ""
    beside: str = ""
    officer_language: str = ""
    own_digits: bool = False


@dataclass(frozen=True)
class Guide:
    """Finished pages. ``missing``: sections in which something is not known; ``untranslated`` counts marked lines.

    ``pdf`` is what is printed, on its sheets; ``read`` the same page by page, for a screen.
    """

    pdf: bytes
    pages: int
    language: str
    missing: list[str]
    untranslated: int
    warnings: list[str]
    file_name: str
    title: str
    read: bytes


def make(request: GuideRequest) -> Guide:
    """The guide as a PDF: the same bytes for the same request.

    Raises Invalid for an unknown language, corridor, paper or section, MrcError when a page would endanger its carrier
    or a letter has no glyph.
    """
    request = printing.narrowed(_named(request))
    of, model = in_words(request)
    second = _second(request)
    _refuse_drafts(request, of, second)
    called = file_name(request)
    text = "\n".join(plain(each) for each in (model, *([second[1]] if second else ())))
    never_printed.refuse(_found(request, text, model.title, called))
    read, pdf = printing.pages(Job(request, of, model, _closing(request, of), second))
    never_printed.refuse(_found(request, never_printed.metadata(read.pdf), model.title, called))
    warnings = [problem.text(_) for problem in (*model.warnings, *printing.too_thick(request, read.pages))]
    warnings += [_(message) for message in read.warnings]
    missing, untranslated = model.missing, model.untranslated
    return Guide(pdf, read.pages, model.language, missing, untranslated, warnings, called, model.title, read.pdf)


def _named(request: GuideRequest) -> GuideRequest:
    """The language beside hers by its code: ``there`` is that of the country she goes to."""
    if request.beside != THERE:
        return request
    corridor = request.known or catalogue.corridor(request.corridor)
    words = _destination_words(corridor, Words.load(request.language, request.texts), request.drafts)
    if words is None:
        said = N_("No language of {country} has this guide: name another to stand beside hers.")
        raise Invalid(beside=Problem(said, {"country": countries.name(corridor.destination, "en")}))
    return replace(request, beside=words.language.code)


def _second(request: GuideRequest) -> tuple[Particulars, TextModel] | None:
    """The same book in the language beside hers, or in the one its officer works in."""
    code = (request.officer_language or "en") if request.paper == "script" else request.beside
    return in_words(replace(request, language=code, beside="")) if code and request.paper != "card" else None


def _refuse_drafts(request: GuideRequest, of: Particulars, second: tuple[Particulars, TextModel] | None) -> None:
    others = [second[0].words] if second else [of.destination] if request.beside and of.destination else []
    for words in (of.words, *others):
        if words.draft and not request.drafts:
            raise refusal(words.language.code, "guides")


def in_words(request: GuideRequest) -> tuple[Particulars, TextModel]:
    """The guide before it is set on paper: what goes into it, and the book in words. Raises Invalid."""
    of = particulars(request)
    corridor = request.known or catalogue.corridor(request.corridor)
    every = [section.id for section in sections(of.kind.rules)]
    model = assemble(
        chosen(of.kind.rules, printing.left_out(request, of.kind, every)),
        of,
        if_you_go=request.if_you_go,
        sentences=request.sentences,
        known_corridor=corridor.known,
    )
    return of, printing.in_form(request, model)


def particulars(request: GuideRequest) -> Particulars:
    """Everything one print is made of. Raises Invalid for an unknown language or corridor."""
    corridor = request.known or catalogue.corridor(request.corridor)
    words = Words.load(request.language, request.texts, corridor.origin)
    person = request.person
    sector = (person.sector if person else "") or request.sector
    kind = kind_of(request.kind)
    place = _place(request, kind, corridor, words, sector)
    coming = _coming(request, kind)
    return Particulars(
        words=words,
        today=request.today,
        known=_circumstances(corridor, sector, person),
        place=place.values | _helper(request, kind),
        person=_person(request, words) if person else None,
        services=place.services,
        edition=request.edition,
        centre=request.centre.name if request.centre else "",
        spoken_only=request.spoken_only,
        destination=_beside_card(request, corridor, words),
        no_job_page=person is not None and person.no_job_page,
        one_number=place.one_number,
        kind=kind,
        repeated=_repeated(coming, words, corridor),
        tables=_tables(request, words, coming),
        elsewhere=cache(lambda code: particulars(replace(request, language=code, beside=""))),
    )


def _person(request: GuideRequest, words: Words) -> dict[str, Value]:
    assert request.person is not None
    coming = _coming(request, kind_of(request.kind))
    hers = person_values(request.person, words)
    return hers | (values(coming, words, show_savings="savings" in request.person.wishes) if coming else {})


def _coming(request: GuideRequest, kind: Kind) -> Homecoming | None:
    person = request.person
    if person is None or kind is not RETURN:
        return None
    told = person.homecoming or Homecoming()
    return careful(told, irregular=person.irregular, edition=request.edition)


def _helper(request: GuideRequest, kind: Kind) -> dict[str, Value]:
    """Who helps her here: the officer where he is named, with the office's number, never his own."""
    if kind is not RETURN or request.centre is None:
        return {}
    found = {"officer_name": name(request.officer or request.centre.name)}
    return found | ({"officer_phone": phone(request.centre.phone)} if request.centre.phone else {})


def _repeated(
    coming: Homecoming | None, words: Words, corridor: Corridor
) -> dict[str, tuple[Mapping[str, Value], ...]]:
    """Where no plan is known there is room to write three steps."""
    room: dict[str, Rows] = {"R13.2": tuple({"n": number(step, words.writes)} for step in (1, 2, 3))}
    return room | (repeated(coming, words, corridor.origin) if coming else {})


def _tables(request: GuideRequest, words: Words, coming: Homecoming | None) -> dict[str, tuple[tuple[str, ...], ...]]:
    found = tables(coming, words) if coming else {}
    found["X.budget"] = tuple((part.strip(),) for part in words.text("X.budget_rows").split("|"))
    if request.transfers:
        found["X.transfers"] = money_pages.rows(request.transfers, words)
    return found


def _place(request: GuideRequest, kind: Kind, corridor: Corridor, words: Words, sector: str) -> Place:
    return place_values(
        corridor,
        words,
        sector=sector,
        today=request.today,
        services=request.services,
        centre=request.centre,
        confirmations=request.confirmations,
        one_number=request.one_number,
        afraid=request.person is not None and request.person.fears_own_state is True,
        kind=kind,
    )


def file_name(request: GuideRequest) -> str:
    """A name that says nothing about anybody: not whose it is, not where she goes."""
    stem = "notes" if request.edition is Edition.DISCREET else "notebook"
    codes = "-".join(language(code).code for code in (request.language, request.beside) if code)
    return f"{stem}-{codes}-{request.paper}.pdf"


def _circumstances(corridor: Corridor, sector: str, person: PersonFacts | None) -> Circumstances:
    about = circumstances(corridor.origin, corridor.destination, sector or corridor.usual_sector(None))
    if person is None:
        return about
    return replace(
        about,
        fears_own_state=person.fears_own_state,
        under_18=person.under_18,
        woman=person.woman,
        irregular=person.irregular,
        home=person.homecoming.home if person.homecoming else None,
    )


def _beside_card(request: GuideRequest, corridor: Corridor, words: Words) -> Words | None:
    """The language beside hers on the card: the one that was asked for, else the destination's."""
    if request.beside:
        return Words.load(request.beside, request.texts)
    return _destination_words(corridor, words, request.drafts)


def _destination_words(corridor: Corridor, words: Words, drafts: bool) -> Words | None:
    """The first language of the destination that has the card's sentences and is not the reader's own."""
    from babel.languages import get_official_languages

    spoken = [code.replace("_", "-") for code in get_official_languages(corridor.destination, de_facto=True)]
    for code in spoken:
        try:
            there = Words.load(code, words.renewed)
        except Invalid:
            continue
        if there.draft and not drafts:
            continue
        if there.language.code != words.language.code and there.own("D18.1") is not None:
            return there
    return None


def _closing(request: GuideRequest, of: Particulars) -> Closing:
    return Closing(VERSION, request.officer, of.words.language.autonym if request.officer else "")


def _found(request: GuideRequest, text: str, title: str, called: str) -> list[never_printed.Breach]:
    if request.person is None:
        return never_printed.breaches(text, title, called, {})
    everybody = replace(request, person=None, officer="")
    common = plain(in_words(everybody)[1])
    shown = never_printed.shown_values(request.person)
    return never_printed.breaches(text, title, called, request.person.private, common, shown)
