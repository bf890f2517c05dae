"""Blank paper for the hours without power and for the road: numbered forms, sign-in and tally sheets, one A4 page each.

Every form asks in the order in which its page asks, so that typing it in takes no searching.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from mrc_app.casework.client_births import AgeBand
from mrc_app.casework.client_words import Answer, Kind, Sex
from mrc_app.casework.consents import How
from mrc_app.casework.counselling_words import Given, Mode, Topic
from mrc_app.casework.events import EventType, Item
from mrc_app.casework.grievance_words import Against, Code, Step
from mrc_app.casework.paper_forms import FormKind, PaperForm
from mrc_app.guides import paper_forms_words as w
from mrc_app.guides.paper_forms_words import FormWords
from mrc_app.i18n import N_, Labelled, isolate, ltr
from mrc_app.typesetting import blocks as b

ROW, TALL, LINE, LOW = 8.6, 10.8, 7.6, 6.4
"""Heights of rows in millimetres: to write in, to make strokes in, for one signature, and as low as they may be."""
SIGNING = 22
"""People on one sign-in sheet."""
YES_NO = (w.YES, w.NO)


@dataclass(frozen=True)
class Printed:
    """The finished pages."""

    pdf: bytes
    pages: int
    language: str
    warnings: list[str]


def make(forms: Sequence[PaperForm], *, centre: str, language: str) -> Printed:
    """One page for every form. Raises Invalid for a language the desk does not know."""
    from mrc_app.typesetting.compose import compose

    words = FormWords.load(language)
    made: list[b.Block] = []
    for form in forms:
        made += [b.PageBreak()] if made else []
        made += _head(form, centre, words)
        made += _PAGES[form.kind](words)
        notes = [w.TYPE_IN, *([_SAFETY[form.kind]] if form.kind in _SAFETY else [])]
        made += [b.Note(words.say(note)) for note in notes]
    done = compose(made, language=words.code, title=words.say(w.TITLES[forms[0].kind]), paper="letter", line_art=True)
    return Printed(done.pdf, done.pages, words.code, done.warnings)


def _head(form: PaperForm, centre: str, words: FormWords) -> list[b.Block]:
    number = words.say(w.NUMBER, number=ltr(form.number))
    rows = [[b.Cell(isolate(centre)), b.Cell(number, strong=True)]]
    lines = [[words.say(w.DAY), "", words.say(w.FILLED_BY), ""]]
    return [
        b.Heading(words.say(w.TITLES[form.kind])),
        b.Table(rows, header=False, widths=(1, 1)),
        _grid(lines, (1.4, 2, 1, 2)),
    ]


def _grid(rows: Sequence[Sequence[str]], widths: Sequence[float], high: float = ROW, header: bool = False) -> b.Table:
    return b.Table(rows, header=header, widths=widths, row_mm=high, ruled=True)


def _asked(words: FormWords, rows: Sequence[tuple[str, str | Sequence[object]]], high: float = ROW) -> b.Table:
    """Questions with room to write, or with boxes to tick."""
    told = [[words.say(ask), said if isinstance(said, str) else words.boxes(said)] for ask, said in rows]  # type: ignore[arg-type]
    return _grid(told, (1, 2.6), high)


def _registration(words: FormWords) -> list[b.Block]:
    return [
        _asked(words, [
            (N_("Agreed to a record"), [w.YES, w.NO, *How]),
            (N_("Agreed to be counted"), YES_NO),
            (N_("Name to call her by"), ""),
            (N_("Given name"), ""),
            (N_("Father's name"), ""),
            (N_("Name in her own script"), ""),
            (N_("Sex"), list(Sex)),
            (N_("Date of birth"), ""),
            (N_("Age"), ""),
            (N_("Phone"), ""),
            (N_("Whose phone is it?"), ""),
            (N_("May we call?"), YES_NO),
            (N_("What to say to whoever answers"), ""),
            (N_("District"), ""),
            (N_("Nationality"), ""),
            (N_("Language"), ""),
            (N_("Kind of client"), [one for one in Kind if one is not Kind.NOT_STATED]),
            (N_("Going to, or back from"), ""),
            (N_("Note"), ""),
        ]),
    ]  # fmt: skip


def _counselling(words: FormWords) -> list[b.Block]:
    return [
        _asked(words, [
            (N_("Number of the client, or a first name"), ""),
            (N_("Is she in danger now?"), list(Answer)),
            (N_("Is it safe to talk?"), list(Answer)),
            (N_("How the talk was held"), list(Mode)),
            (N_("Minutes"), ""),
            (N_("Topics"), list(Topic)),
            (N_("Given to her"), list(Given)),
            (N_("Safe for her to carry?"), list(Answer)),
            (N_("Next meeting"), ""),
        ]),
        b.WriteIn(words.say(N_("What came of it")), 5),
    ]  # fmt: skip


def _grievance(words: FormWords) -> list[b.Block]:
    codes = [f"{one.value} {words.say(one.label)}" for one in Code if not only_named(one)]
    return [
        _asked(words, [
            (N_("Number of the client, or a first name"), ""),
            (N_("Is she in danger now?"), list(Answer)),
            (N_("Is it safe to talk?"), list(Answer)),
            (N_("Agreed that we take the complaint up"), YES_NO),
            (N_("Where it happened"), [one for one in Step if one is not Step.NOT_STATED]),
            (N_("Country"), ""),
            (N_("Against whom"), ""),
            (N_("Who that is"), list(Against)),
            (N_("What she wants"), ""),
        ]),
        b.Note(words.say(N_("What happened: ring every code that fits."))),
        b.Note(" · ".join(code.replace(" ", "\u00a0") for code in codes)),
        b.WriteIn(words.say(N_("In her own words, only as much as is needed")), 3),
    ]  # fmt: skip


def only_named(code: Code) -> bool:
    """Whether a complaint of this kind is kept for named officers, and so never stands on a paper that lies about."""
    from mrc_app.casework.grievances import must_be_restricted

    return must_be_restricted([code])


def _counted(words: FormWords, title: str, of: Sequence[Labelled], high: float) -> b.Table:
    """Words down, room for strokes, the number at the end."""
    rows = [[words.say(title), words.say(w.STROKES), words.say(w.TOTAL)]]
    rows += [[words.say(one.label), "", ""] for one in of]
    return _grid(rows, (1.6, 4, 0.8), high, header=True)


def _event(words: FormWords) -> list[b.Block]:
    people, audience = N_("How many people came?"), N_("Estimated audience")
    return [
        _asked(words, [(N_("What kind of event?"), list(EventType)), (N_("Where?"), "")], LOW),
        _pairs(words, N_("Talked about"), N_("With whom?")),
        _pairs(words, N_("Language"), N_("Minutes")),
        _pairs(words, people, audience),
        _counted(words, N_("By sex"), [Sex.FEMALE, Sex.MALE, Sex.NOT_STATED], LOW),
        _counted(words, N_("By age"), [one for one in AgeBand if one is not AgeBand.NOT_STATED], LOW),
        _counted(words, N_("Who they are"), [one for one in Kind if one is not Kind.NOT_STATED], LOW),
        _pairs(words, Item.LEAFLET.label, Item.GUIDE.label),
        _pairs(words, Item.CARD.label, Item.OTHER.label),
    ]


def _pairs(words: FormWords, one: str, other: str) -> b.Table:
    return _grid([[words.say(one), "", words.say(other), ""]], (1.4, 2, 1.4, 2), LOW)


def _village(words: FormWords) -> list[b.Block]:
    return [
        _pairs(words, N_("Where?"), N_("Talked about")),
        _counted(words, N_("By sex"), list(Sex), TALL),
        _counted(words, N_("By age"), list(AgeBand), TALL),
        _counted(words, N_("Who they are"), [one for one in Kind if one is not Kind.NOT_STATED], LINE),
        _pairs(words, N_("How many people came?"), Item.LEAFLET.label),
    ]


def _sign_in(words: FormWords) -> list[b.Block]:
    sexes = [Sex.FEMALE, Sex.MALE]
    letters = [words.initial(one) for one in sexes]
    if len(set(letters)) < len(letters):
        letters = [one.code for one in sexes]
    bands = [one for one in AgeBand if one is not AgeBand.NOT_STATED]
    ages = [ltr("<15" if one is AgeBand.UNDER_15 else one.value.replace("-", "–")) for one in bands]
    kinds = [one for one in Kind if one is not Kind.NOT_STATED]
    who, phone = words.say(N_("Who (1–5)")), words.say(N_("Phone, if she wants a call"))
    head = ["", words.say(N_("Name or mark")), *letters, *ages, who, phone]
    rows = [head, *([str(n), *[""] * (len(head) - 1)] for n in range(1, SIGNING + 1))]
    legend = [f"{letter} = {words.say(one.label)}" for letter, one in zip(letters, sexes, strict=True)]
    legend += [f"{n} = {words.say(one.label)}" for n, one in enumerate(kinds, 1)]
    return [
        _pairs(words, N_("Where?"), N_("Talked about")),
        b.Note(" · ".join(map(isolate, legend))),
        _grid(rows, (0.6, 4, 0.7, 0.7, *[1.1] * len(ages), 1, 3), LINE, header=True),
    ]


_PAGES: dict[FormKind, Callable[[FormWords], list[b.Block]]] = {
    FormKind.REGISTRATION: _registration,
    FormKind.COUNSELLING: _counselling,
    FormKind.GRIEVANCE: _grievance,
    FormKind.EVENT: _event,
    FormKind.SIGN_IN: _sign_in,
    FormKind.VILLAGE: _village,
}
_SAFETY = {
    FormKind.SIGN_IN: w.NAMES_FREE,
    **dict.fromkeys((FormKind.REGISTRATION, FormKind.COUNSELLING, FormKind.GRIEVANCE), w.KEEP_SAFE),
}
