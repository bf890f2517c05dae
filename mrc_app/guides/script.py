"""The read-aloud script: what the officer says and does, in his language, with what to read first to this person.

It is for the officer and is never handed over. The lines to read stand in the reader's language.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from mrc_app.guides.conditions import Circumstances, read_first
from mrc_app.guides.kinds import DEPARTURE, Kind
from mrc_app.guides.layout import Layout
from mrc_app.guides.lines import Book, Particulars
from mrc_app.guides.text_model import Said, Section, TextModel
from mrc_app.guides.two_columns import Beside
from mrc_app.guides.values import Value
from mrc_app.guides.words import Words, fill, names
from mrc_app.i18n import isolate
from mrc_app.typesetting import blocks as b

STEPS = tuple(f"S{number}" for number in range(1, 15))
COMING = ("Z19", "Z20", "Z21", "Z7", "Z16", "Z24", "Z25", "Z26")
"""What is said to somebody who comes home; abroad, the rest first."""
ALWAYS = ("Z1", "Z2", "Z3", "Z4", "Z5", "Z8", "Z9", "Z11", "Z13", "Z21", "Z26")
MOST_NEEDED_STEP, DANGERS_STEP = "S6", "S11"


@dataclass(frozen=True)
class Step:
    """One step of the script: the officer's instruction and, under it, the reader's lines."""

    id: str
    instruction: str
    lines: tuple[Said, ...] = ()


def dangers_for(known: Circumstances, kind: Kind = DEPARTURE) -> list[str]:
    """The rows of dangerous advice to talk about, the first five first (step 11)."""
    if kind is not DEPARTURE and known.home is True:
        return list(COMING)
    more: list[str] = []
    if known.irregular is not False:
        more += ["Z18", "Z23"]
    if known.woman is not False:
        more += ["Z16"]
    if known.outdoor is not False:
        more += ["Z14", "Z15"]
    if known.strikes_banned is not False:
        more += ["Z10"]
    if known.under_18 is not False:
        more += ["Z25"]
    return [*(COMING[:2] if kind is not DEPARTURE else ()), *ALWAYS, *more, "Z22"]


def steps(model: TextModel, of: Particulars, officer_words: Words, officer: str = "") -> list[Step]:
    """The fourteen steps, without those that do not belong to this guide.

    ``model`` is the book that is read, ``officer_words`` the language the officer works in.
    """
    language = officer_words.language.code
    from mrc_app.guides.card import language_name

    values = {
        "language": isolate(language_name(of.words.language.code, language)),
        "officer": isolate(officer) if officer else "________",
    }
    found = []
    for step in (each for each in STEPS if each not in of.kind.not_said):
        instruction = fill(officer_words.find(step).text, values)
        if step == MOST_NEEDED_STEP:
            found.append(Step(step, instruction, tuple(_titles(model, read_first(of.known, of.kind)))))
        elif step == DANGERS_STEP:
            found.append(Step(step, instruction, tuple(_dangers(of, officer_words))))
        else:
            found.append(Step(step, instruction))
    return found


def read_aloud(model: TextModel, of: Particulars, officer_words: Words, officer: str = "") -> str:
    """The script as plain text for the screen."""
    rows = [officer_words.text("X.script_title"), ""]
    for number, step in enumerate(steps(model, of, officer_words, officer), 1):
        rows.append(f"{number}. {step.instruction}")
        rows += [f"   – {said.text}" + (f" ({said.mark})" if said.mark else "") for said in step.lines]
    return "\n".join(rows) + "\n"


def _titles(model: TextModel, wanted: Iterable[str]) -> list[Said]:
    by_id: dict[str, Section] = {section.id: section for section in model.sections}
    return [replace(by_id[each].title, text=f"{each} {by_id[each].title.text}") for each in wanted if each in by_id]


def _dangers(of: Particulars, officer_words: Words) -> list[Said]:
    """What to say instead of dangerous advice, in the reader's words where they exist, else in the officer's."""
    book = Book(of)
    lines = []
    for row in dangers_for(of.known, of.kind):
        word = of.words.own(row) or officer_words.find(row)
        values: dict[str, Value] = {name: of.place[name] for name in names(word.text) if name in of.place}
        unknown = {name: isolate(f"[{of.words.text('X.not_known')}]") for name in names(word.text)}
        text = fill(word.text, unknown | {name: value.text for name, value in values.items()})
        lines.append(Said(row, text, word.language, mark=book.mark(word, values)))
    return lines


def blocks(model: TextModel, of: Particulars, his: TextModel, officer: Particulars, name: str = "") -> list[b.Block]:
    """The script for the printer: each step in the officer's words; her lines stand beside his.

    ``model`` and ``of`` are her book, ``his`` and ``officer`` the same book in the language he works in.
    """
    layout = Layout(officer)
    made: list[b.Block] = [b.Heading(officer.words.text("X.script_title"), 1, "megaphone")]
    for number, step in enumerate(steps(model, of, officer.words, name), 1):
        made.append(b.Heading(f"{number}. {step.instruction}", 3))
        if step.id == MOST_NEEDED_STEP:
            made += _beside(layout, model, his, read_first(of.known, of.kind))
        else:
            made += [b.Line(said.text, lang=said.language, mark=said.mark or None, inset=True) for said in step.lines]
    return made


def _beside(layout: Layout, model: TextModel, his: TextModel, wanted: Iterable[str]) -> list[b.Block]:
    """The sections to read first, the officer's language at the start of the line."""
    hers = {section.id: section for section in model.sections}
    own = {section.id: section for section in his.sections}
    same = model.language == his.language
    both = Beside(layout, his, model)
    made: list[b.Block] = []
    for each in (one for one in wanted if one in hers and one in own):
        section = replace(own[each], lines=tuple(_spoken(own[each].lines)))
        if same:
            made += layout.section(section)
        else:
            made += both.section(section, hers[each], level=3)
    return made


def _spoken(lines: Iterable[Said]) -> list[Said]:
    """What is read aloud: sentences, without tables to fill in, notices and sources."""
    return [replace(line, source="") for line in lines if line.kind in ("line", "tick", "columns")]
