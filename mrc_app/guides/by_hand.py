"""The ten lines in a hurry: for one side of paper, for the voice, and for copying by hand when there is no printer.

Life first, then what closes soonest, then money. The ninth line depends on the person; where writing it down could
betray her it is said aloud and not printed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from mrc_app.guides.conditions import Circumstances, printed
from mrc_app.guides.content import LineRule, sections
from mrc_app.guides.lines import Book, Particulars, say
from mrc_app.guides.text_model import Edition, Said


@dataclass(frozen=True)
class Reminder:
    """One of the ten: its number, what it says, and whether it is said aloud instead of written."""

    number: int
    said: tuple[Said, ...]
    aloud: bool = False


def ten_lines(of: Particulars) -> list[Reminder]:
    """The ten lines of a guide for these circumstances."""
    book, kind = Book(of), of.kind
    rules = {line.id: line for section in sections(kind.rules) for line in section.lines}
    found = []
    for number, ids in enumerate(kind.in_a_hurry if of.known.home is False else kind.in_a_hurry_home, 1):
        chosen, aloud = (ids, _aloud(of, ids)) if ids else ninth(of.known)
        said = _said(book, (rules[each] for each in chosen))
        if said:
            found.append(Reminder(number, said, aloud))
    return found


def ninth(known: Circumstances) -> tuple[tuple[str, ...], bool]:
    """The ninth line, and whether it is only said aloud: heat for work outside, else what writing would betray."""
    if known.irregular:
        return ("D17.5", "D17.6"), True
    if known.outdoor is not False:
        return ("D11.1",), False
    return (("D11.12",), True) if known.woman is not False else (("D11.13",), False)


def _aloud(of: Particulars, ids: Iterable[str]) -> bool:
    if of.edition is not Edition.DISCREET:
        return False
    return any(_section_of(each) in of.kind.hidden or each in of.kind.undiscreet for each in ids)


def _section_of(line: str) -> str:
    return line.partition(".")[0]


def _said(book: Book, rules: Iterable[LineRule]) -> tuple[Said, ...]:
    found = []
    for rule in rules:
        if book.of.no_job_page and _section_of(rule.id) in book.of.kind.children_wait:
            continue
        if rule.id not in book.of.spoken_only and printed(rule.when, book.of.known):
            each = book.of.repeated.get(rule.id, ({},))
            found += [said for values in each if (said := say(book, rule, values))]
    return tuple(found)


def copy_by_hand(of: Particulars) -> str:
    """The lines to copy by hand, as plain text: what is only said aloud is not among them."""
    rows = [of.words.text("X.ten_lines"), ""]
    for number, reminder in enumerate((each for each in ten_lines(of) if not each.aloud), 1):
        rows.append(f"{number}. {' '.join(_shown(said) for said in reminder.said)}")
    return "\n".join(rows) + "\n"


def _shown(said: Said) -> str:
    return f"{said.text} ({said.mark})" if said.mark else said.text
