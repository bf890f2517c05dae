"""Half-filled forms, kept inside the encrypted file, for the officer who typed them; a few are everybody's."""

from __future__ import annotations

import json
from sqlite3 import Connection
from typing import Any

from mrc_app.store.rows import now_text

EVERYBODY = ""
"""Whose a draft is that every officer of the file shares."""


def save(connection: Connection, officer: str, key: str, data: dict[str, Any]) -> None:
    """Keeps a draft in place of the one before it."""
    body = json.dumps(data, ensure_ascii=False)
    connection.execute(
        "INSERT OR REPLACE INTO draft(officer, key, at, body) VALUES (?, ?, ?, ?)", (officer, key, now_text(), body)
    )


def read(connection: Connection, officer: str, key: str) -> dict[str, Any] | None:
    """A draft as it was kept, or None."""
    row = connection.execute("SELECT body FROM draft WHERE officer = ? AND key = ?", (officer, key)).fetchone()
    return json.loads(row[0]) if row else None


def keys(connection: Connection, officer: str) -> list[str]:
    """The drafts an officer left, newest first."""
    return [
        row[0] for row in connection.execute("SELECT key FROM draft WHERE officer = ? ORDER BY at DESC", (officer,))
    ]


def drop(connection: Connection, officer: str, key: str) -> None:
    """Forgets a draft."""
    connection.execute("DELETE FROM draft WHERE officer = ? AND key = ?", (officer, key))
