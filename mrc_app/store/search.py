"""Finding a client by any word of her record, in any script, as it is typed.

Whole words come first, then beginnings, then parts of words; needles of one or two letters never reach the
index of parts, which begins at three. Every query passes through the view of what this officer may see.
"""

from __future__ import annotations

import json
import re
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
    """The records that contain every word of ``text``, best first, each person once. Raises NotAllowed for a role
    that sees no names."""
    folded = fold(text)
    words = [word for word in _SPLIT.split(folded) if word]
    if not words:
        return []
    found: dict[str, Found] = {}
    with store.plain() as connection:
        for score, where, values in _ways(folded, words):
            for uuid, number, name, said in _ask(connection, kind, where, values, limit):
                found.setdefault(uuid, Found(uuid, number, name, score, _matched(said, words)))
            if len(found) >= limit or (score <= 0.6 and found):
                break
        return _once(connection, list(found.values())[:limit])


def _ways(folded: str, words: list[str]) -> list[tuple[float, str, tuple[object, ...]]]:
    in_words = "sought_words i CROSS JOIN sought s ON s.id = i.rowid WHERE sought_words MATCH ?"
    in_parts = "sought_parts i CROSS JOIN sought s ON s.id = i.rowid WHERE sought_parts MATCH ?"
    if len(folded) == 1:
        return [
            (1.0, "sought s WHERE s.sort >= ? AND s.sort < ?", (folded, folded + "\U0010ffff")),
            (0.8, in_words, (f'"{folded}"*',)),
            (0.4, "sought s WHERE instr(s.text, ?) > 0", (folded,)),
        ]
    ways: list[tuple[float, str, tuple[object, ...]]] = [
        (1.0, in_words, (" ".join(f'"{word}"' for word in words),)),
        (0.8, in_words, (" ".join(f'"{word}"*' for word in words),)),
    ]
    long, short = [word for word in words if len(word) > 2], [word for word in words if len(word) < 3]
    digits = "".join(words).lstrip("0") if all(word.isdigit() for word in words) else ""
    if len(digits) > 4:
        ways.append((0.7, in_parts, (f'"{digits}"',)))
    if long:
        holds = "".join(" AND instr(s.text, ?) > 0" for _ in short)
        ways.append((0.6, in_parts + holds, (" ".join(f'"{word}"' for word in long), *short)))
    else:
        ways.append((0.4, "sought s WHERE " + " AND ".join("instr(s.text, ?) > 0" for _ in words), tuple(words)))
    return ways


def _ask(
    connection: Connection, kind: str, where: str, values: tuple[object, ...], limit: int
) -> list[tuple[str, str, str, str]]:
    scan = "+" if where.startswith("sought s WHERE instr") else ""
    sql = (
        f"SELECT s.record, s.number, s.shown, s.text FROM {where} AND {scan}s.kind = ? "
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
