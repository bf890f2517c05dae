"""Which criteria a select needs: those of the tables it names anywhere, in joins, conditions and selects inside it.

Every criterion of every kind on every select cost twenty times what the question itself costs.
"""

from __future__ import annotations

from typing import Any


def needed(statement: Any, criteria: list[Any]) -> list[Any]:
    """The criteria of the tables a statement names; all of them where a part of it is plain text."""
    from sqlalchemy import Table
    from sqlalchemy.sql import visitors

    named: set[str] = set()
    waiting, known = [statement], {id(statement)}
    while waiting:
        for part in visitors.iterate(waiting.pop()):
            if _is_text(part):
                return criteria
            if isinstance(part, Table):
                named.add(part.name)
            home = getattr(part, "table", None)
            if home is not None and id(home) not in known:
                known.add(id(home))
                waiting.append(home)
    return [criterion for criterion in criteria if criterion.entity.local_table.name in named]


def _is_text(part: Any) -> bool:
    """Whether a part is words of SQL in which a table may stand unseen; a lone star is none."""
    if part.__visit_name__ == "textclause":
        return bool(part.text != "*")
    return part.__visit_name__ == "textual_select" or (getattr(part, "is_literal", False) and part.name != "*")
