"""Finding a client by any word of her record, in any script, as it is typed.

Whole words come first, then beginnings, then parts of words. The index of parts knows sequences of three letters; one
or two letters are asked of its vocabulary, so that nothing is ever looked for by reading every record. Every query
passes through the view of what this officer may see.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from sqlite3 import Connection
from typing import TYPE_CHECKING, NamedTuple

from mrc_app.store.folding import fold
from mrc_app.store.roles import May, needs

if TYPE_CHECKING:
    from mrc_app.store.centre import Store

__all__ = ["Found", "find", "fold"]
_SHOWN = """SELECT m.client, s.record, s.number, s.shown
FROM json_each(?) asked CROSS JOIN main.linked m ON m.client = asked.value
CROSS JOIN main.sought s ON s.record = m.shown CROSS JOIN temp.seen_client c ON c.uuid = m.shown
WHERE m.shown <> m.client AND c.gone = 0"""
_WORDS = "sought_words i CROSS JOIN sought s ON s.id = i.rowid WHERE sought_words MATCH ?"
_PARTS = "sought_parts i CROSS JOIN sought s ON s.id = i.rowid WHERE sought_parts MATCH ?"
_LETTERS = "sought_places i CROSS JOIN sought s ON s.id = i.doc WHERE i.term >= ? AND i.term < ?"
_HOLDS = " AND instr(s.text, ?) > 0"
LAST = "\U0010ffff"
MANY = 24
"""Sequences of three up to which a short word is rare."""
INSIDE = 0.6
Way = tuple[float, str, tuple[object, ...]]
"""How well, where, and the values."""
_SPLIT = re.compile(r"[^\w\u0300-\U0010ffff]+")


class Found(NamedTuple):
    """One client found: how well (1 best) and the words of hers that matched."""

    uuid: str
    number: str
    name: str
    score: float
    matched: str


@needs(May.SEE_NAMES)
def find(store: Store, text: str, limit: int = 50, kind: str = "client") -> list[Found]:
    """The records that contain every word of ``text``, best first, a name before a number, each person once.

    Raises NotAllowed for a role that sees no names.
    """
    folded = fold(text)
    words = [word for word in _SPLIT.split(folded) if word]
    if not words:
        return []
    found: dict[str, Found] = {}
    with store.plain() as connection:
        for score, where, values in _ways(connection, folded, words):
            answer = _ask(connection, kind, where, values, limit)
            for uuid, number, name, said, _ in sorted(
                answer, key=lambda row: not all(word in row[4] for word in words)
            ):
                found.setdefault(uuid, Found(uuid, number, name, score, _matched(said, words)))
            if len(found) >= limit or (score <= INSIDE and found):
                break
        return _once(connection, [*_sealed(store, words), *found.values()][:limit])


def _sealed(store: Store, words: list[str]) -> list[Found]:
    """The restricted clients this officer may open: looked for in memory, because they are in no index."""
    found = []
    for one in store.sealed_lines():
        said = one.text.split()
        if all(word in one.text for word in words):
            begins = all(any(part.startswith(word) for part in said) for word in words)
            score = 1.0 if all(word in said for word in words) else 0.8 if begins else 0.6
            found.append(Found(one.uuid, one.number, one.shown, score, _matched(one.text, words)))
    return sorted(found, key=lambda one: -one.score)


def _ways(connection: Connection, folded: str, words: list[str]) -> Iterator[Way]:
    """The ways to look, the best first; each is reckoned only when those before it did not find enough."""
    if len(folded) == 1:
        yield 1.0, "sought s WHERE s.sort >= ? AND s.sort < ?", (folded, folded + LAST)
    else:
        yield 1.0, _WORDS, (" ".join(f'"{word}"' for word in words),)
    yield 0.8, _WORDS, (" ".join(f'"{word}"*' for word in words),)
    digits = "".join(words).lstrip("0") if all(word.isdigit() for word in words) else ""
    if len(digits) > 4:
        yield 0.7, _PARTS, (f'"{digits}"',)
    inside = _inside(connection, words)
    if inside is not None:
        yield INSIDE if any(len(word) > 2 for word in words) else 0.4, *inside


def _inside(connection: Connection, words: list[str]) -> tuple[str, tuple[object, ...]] | None:
    """How to find records that hold every word anywhere; None when the index knows that there is none.

    A rare short word becomes the sequences of three that begin with it; a common one is looked for in what the others
    find.
    """
    asked, common = [f'"{word}"' for word in words if len(word) > 2], list[str]()
    for word in words:
        if len(word) < 3:
            sequences = _sequences(connection, word)
            if not sequences:
                return None
            if len(sequences) > MANY:
                common.append(word)
            else:
                asked.append("(" + " OR ".join(f'"{one}"' for one in sequences) + ")")
    if asked:
        return _PARTS + _HOLDS * len(common), (" AND ".join(asked), *common)
    first, *rest = common
    return _LETTERS + _HOLDS * len(rest), (first, first + LAST, *rest)


def _sequences(connection: Connection, letters: str) -> list[str]:
    """The sequences of three letters in the index that begin with one or two; at most one more than ``MANY``."""
    sql = "SELECT term FROM sought_terms WHERE term >= ? AND term < ? LIMIT ?"
    rows = connection.execute(sql, (letters, letters + LAST, MANY + 1))
    return [row[0].replace('"', '""') for row in rows]


def _ask(
    connection: Connection, kind: str, where: str, values: tuple[object, ...], limit: int
) -> list[tuple[str, str, str, str, str]]:
    once = "DISTINCT" if where.startswith(_LETTERS) else ""
    sql = (
        f"SELECT {once} s.record, s.number, s.shown, s.text, s.sort FROM {where} AND s.kind = ? "
        f'AND EXISTS (SELECT 1 FROM temp."seen_{kind}" c WHERE c.uuid = s.record AND c.gone = 0) LIMIT ?'
    )
    return connection.execute(sql, (*values, kind, limit)).fetchall()


def _once(connection: Connection, found: list[Found]) -> list[Found]:
    """Each person once, under the record that is shown for her."""
    asked = json.dumps([one.uuid for one in found])
    shown = {client: told for client, *told in connection.execute(_SHOWN, (asked,))}
    once: dict[str, Found] = {}
    for one in found:
        uuid, number, name = shown.get(one.uuid, one[:3])
        once.setdefault(uuid, one._replace(uuid=uuid, number=number, name=name))
    return list(once.values())


def _matched(said: str, words: list[str]) -> str:
    parts = said.split()
    return " ".join(dict.fromkeys(part for part in parts if any(word in part or part in word for word in words)))
