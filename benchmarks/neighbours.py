"""The same people in other programs: plain SQLite, plain SQLCipher, and Anki in an environment of its own."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
import venv
from collections.abc import Callable
from pathlib import Path
from typing import Any, Self

People = list[tuple[str, str, str]]
"""Number, name as shown, everything she can be found by as it was typed."""

ANKI = """
import json, sys, time
from anki.collection import AddNoteRequest, Collection
col = Collection(sys.argv[1])
kind = col.models.by_name("Basic")
deck = col.decks.id("clients")
for some in json.loads(sys.stdin.readline()):
    requests = []
    for number, shown, said in some:
        note = col.new_note(kind)
        note["Front"], note["Back"] = said, number
        requests.append(AddNoteRequest(note=note, deck_id=deck))
    col.add_notes(requests)
print(json.dumps(col.note_count()), flush=True)
for line in sys.stdin:
    what, text = json.loads(line)
    started = time.perf_counter()
    found = col.find_cards(text, order="n.sfld asc") if what == "list" else col.find_notes(text)
    if what == "list":
        page = [col.get_card(one).note()["Front"] for one in found[:100]]
    print(json.dumps([time.perf_counter() - started, len(found)]), flush=True)
"""


class Anki:
    """Anki's own search over notes with the same words. ``why`` says why it is not there, when it is not."""

    def __init__(self, people: People) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="mrc-anki-")
        self.why, self.version = "", ""
        self._process: subprocess.Popen[str] | None = None
        folder = Path(self._folder.name)
        python = folder / "venv" / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
        try:
            venv.create(folder / "venv", with_pip=True)
            subprocess.run([python, "-m", "pip", "install", "-q", "anki"], check=True, capture_output=True, text=True)
            shown = subprocess.run([python, "-m", "pip", "show", "anki"], check=True, capture_output=True, text=True)
        except (OSError, subprocess.CalledProcessError) as trouble:
            self.why = f"Anki could not be installed: {getattr(trouble, 'stderr', '') or trouble}".strip()[-300:]
            return
        self.version = next(line.split()[1] for line in shown.stdout.splitlines() if line.startswith("Version"))
        told = [python, "-c", ANKI, str(folder / "collection.anki2")]
        self._process = subprocess.Popen(told, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self._say([people[start : start + 5000] for start in range(0, len(people), 5000)])
        assert self._hear() == len(people)

    def _say(self, what: Any) -> None:
        assert self._process is not None and self._process.stdin is not None
        self._process.stdin.write(json.dumps(what) + "\n")
        self._process.stdin.flush()

    def _hear(self) -> Any:
        assert self._process is not None and self._process.stdout is not None
        return json.loads(self._process.stdout.readline())

    def seconds(self, text: str, what: str = "find") -> float:
        """What one search takes inside Anki's own process."""
        self._say([what, text])
        return float(self._hear()[0])

    @property
    def there(self) -> bool:
        """Whether it can be asked."""
        return self._process is not None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
        self._folder.cleanup()


def plain(connection: Any, people: People, fold: Callable[[str], str]) -> Any:
    """A table, an index for sorting and FTS5 with SQLite's own tokenizer: what one writes in an afternoon."""
    connection.execute("CREATE TABLE person(id INTEGER PRIMARY KEY, number TEXT, shown TEXT, sort TEXT, said TEXT)")
    rows = [(number, shown, fold(shown), fold(said)) for number, shown, said in people]
    connection.executemany("INSERT INTO person(number, shown, sort, said) VALUES (?, ?, ?, ?)", rows)
    connection.execute("CREATE INDEX by_sort ON person(sort, id)")
    options = "content='person', content_rowid='id', prefix='2 3'"
    connection.execute(f"CREATE VIRTUAL TABLE words USING fts5(said, {options})")
    connection.execute("INSERT INTO words(words) VALUES ('rebuild')")
    connection.commit()
    return connection


def like(connection: Any, text: str) -> None:
    """The first fifty that hold every word."""
    words = text.split()
    where = " AND ".join("said LIKE ?" for _ in words)
    sql = f"SELECT number, shown FROM person WHERE {where} LIMIT 50"
    connection.execute(sql, [f"%{word}%" for word in words]).fetchall()


def fts(connection: Any, text: str) -> None:
    """The first fifty with a word that begins so."""
    words = re.findall(r"[^\W_]+", text)
    if words:
        asked = " ".join(f'"{word}"*' for word in words)
        sql = "SELECT number, shown FROM words JOIN person ON person.id = words.rowid WHERE words MATCH ? LIMIT 50"
        connection.execute(sql, (asked,)).fetchall()
