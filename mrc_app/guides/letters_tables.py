"""The tables of letters: versions of a contract, months, sums, events, evidence. Two currencies are never added."""

from __future__ import annotations

from collections.abc import Sequence

from mrc_app.guides.letters_facts import ClaimLine, Event, Excess, Paper, Version
from mrc_app.guides.letters_values import compared
from mrc_app.guides.letters_words import LetterWords
from mrc_app.i18n import isolate
from mrc_app.money import Money
from mrc_app.typesetting import blocks as b


def versions(words: LetterWords, found: Sequence[Version]) -> b.Table | None:
    """Versions side by side, only what differs; None where nothing does."""
    rows = compared(words, [one.terms for one in found])
    if not rows:
        return None
    head = [words.raw("S.col.what"), *(words.first(f"D.stage.{one.stage}", "S.col.paper") for one in found)]
    days = [words.day(one.on) if one.on else "" for one in found]
    table: list[list[str | b.Cell]] = [list(head)]
    if any(days):
        table.append([words.raw("L.col.date"), *(isolate(day) if day else "–" for day in days)])
    table += [[row.name, *row.values] for row in rows]
    return b.Table(table)


def months(words: LetterWords, claims: Sequence[ClaimLine]) -> b.Table | None:
    """Every stretch of work with what was due, paid and owed; None where no days are known."""
    rows = [one for one in claims if one.first is not None and one.last is not None]
    if not rows:
        return None
    several = len({one.person for one in rows}) > 1
    head = ["L.col.month", "L.col.due", "L.col.paid", "L.col.owed"]
    table: list[list[str | b.Cell]] = [[words.raw(one) for one in (["L.col.name", *head] if several else head)]]
    for one in rows:
        assert one.first is not None and one.last is not None
        told = [words.span(one.first, one.last), *_amounts(words, one.due, one.paid, one.owed)]
        table.append([isolate(one.person), *told] if several else list(told))
    if not several or told_once(claims):
        table += _total_rows(words, rows, 2 if several else 1)
    return b.Table(table)


def told_once(claims: Sequence[ClaimLine]) -> bool:
    """Whether the month table already says everything: one stretch of work for each person."""
    people = [one.person for one in claims]
    return len(set(people)) == len(people) and all(one.first is not None for one in claims)


def sums(words: LetterWords, claims: Sequence[ClaimLine]) -> b.Table | None:
    """What is owed to each person for each head; None where one person claims one thing only."""
    keys = list(dict.fromkeys((one.person, one.head, one.due.currency) for one in claims))
    if len(keys) < 2 or told_once(claims):
        return None
    several = len({person for person, _head, _currency in keys}) > 1
    heads = len({head for _person, head, _currency in keys}) > 1
    columns = [*(["L.col.name"] if several else []), *(["L.col.head"] if heads or not several else [])]
    names = [*columns, "L.col.due", "L.col.paid", "L.col.owed"]
    table: list[list[str | b.Cell]] = [[words.raw(one) for one in names]]
    for person, head, currency in keys:
        mine = [one for one in claims if (one.person, one.head, one.due.currency) == (person, head, currency)]
        told = {"L.col.name": isolate(person), "L.col.head": words.first(f"H.{head}", "H.other")}
        table.append([*(told[column] for column in columns), *_amounts(words, *totals(mine)[currency])])
    return b.Table([*table, *_total_rows(words, claims, len(columns))])


def _total_rows(words: LetterWords, claims: Sequence[ClaimLine], before: int) -> list[list[str | b.Cell]]:
    made: list[list[str | b.Cell]] = []
    for due, paid, owed in totals(claims).values():
        told = _amounts(words, due, paid, owed)
        blank = [""] * (before - 1)
        made.append([b.Cell(text, strong=True) for text in (words.raw("L.total"), *blank, *told)])
    return made


def totals(claims: Sequence[ClaimLine]) -> dict[str, tuple[Money, Money, Money]]:
    """Due, paid and owed by currency."""
    found: dict[str, tuple[Money, Money, Money]] = {}
    for one in claims:
        nothing = Money(0, one.due.currency)
        due, paid, owed = found.get(one.due.currency, (nothing, nothing, nothing))
        found[one.due.currency] = (due + one.due, paid + one.paid, owed + one.owed)
    return found


def _amounts(words: LetterWords, *amounts: Money) -> list[str]:
    return [words.money(amount) for amount in amounts]


def events(words: LetterWords, found: Sequence[Event]) -> b.Table | None:
    """What happened, by date."""
    if not found:
        return None
    head = [words.raw("L.col.date"), words.raw("L.col.event")]
    return b.Table([head, *([isolate(words.day(one.on)), isolate(one.text)] for one in found)], widths=(1, 2))


def evidence(words: LetterWords, found: Sequence[Paper]) -> b.Table | None:
    """Each paper, and what of it was seen."""
    if not found:
        return None
    head = [words.raw("L.col.paper"), words.raw("L.col.seen")]
    rows = [[isolate(one.text), words.first(f"E.{one.seen}", "E.none")] for one in found]
    return b.Table([head, *rows], widths=(2, 1))


def excess(words: LetterWords, found: Sequence[Excess]) -> b.Table | None:
    """What was paid beyond each side's rule, side by side, with the rule's words."""
    if not found:
        return None
    head = [words.raw(one) for one in ("L.col.rule", "L.col.paid_fee", "L.col.allowed", "L.col.excess")]
    rows: list[list[str | b.Cell]] = [list(head)]
    for one in found:
        told = [words.first(f"S.side.{one.side}", "S.side.none"), isolate(one.rule) if one.rule else ""]
        told += [words.raw(f"S.conf.{one.confidence}")] if one.confidence else []
        rows.append([": ".join(told[:2]) + "".join(f" ({more})" for more in told[2:]) if one.rule else told[0],
                     *_amounts(words, one.paid, one.allowed, one.excess)])  # fmt: skip
    return b.Table(rows)
