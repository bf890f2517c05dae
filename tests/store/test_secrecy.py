"""No name stands on the disk in the clear, and the way to the unlock screen loads nothing heavy."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from mrc_app.store import keys, lists, search
from mrc_app.store.centre import Store
from tests.make import LOGIN, PASSWORD, make_client, make_store

ROOT = Path(__file__).resolve().parents[2]
NAMES = ("Zewditu", "ዘውዲቱ", "زوديتو", "ज़ेवदितु", "Meseret", "meseret", "MIC Bahir Dar", "+251977654321")


def test_no_name_is_on_the_disk_in_the_clear(tmp_path: Path) -> None:
    desk = make_store(tmp_path)
    with desk.change(by=desk.officer, do="clients.register") as session:
        make_client(
            session,
            call_name="Zewditu",
            given="Zewditu",
            native="ዘውዲቱ",
            other_names="زوديتو ज़ेवदितु",
            phone="+251977654321",
        )
    desk.draft_save("clients.register", {"call_name": "Zewditu"})
    assert search.find(desk, "ዘውዲ")
    names = {path.name for path in tmp_path.iterdir()}
    assert {"centre.mrc", "centre.mrc-wal", "centre.keys.json"} <= names
    for path in tmp_path.iterdir():
        raw = path.read_bytes()
        for name in NAMES:
            for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
                assert name.encode(encoding) not in raw, (path.name, name)
    key = desk.key
    for path in tmp_path.iterdir():
        assert key not in path.read_bytes()
        assert key.hex().encode() not in path.read_bytes()
    desk.close()


HEAVY = ("sqlalchemy", "sqlmodel", "alembic", "pydantic", "reportlab", "babel", "phonenumbers")


def loaded_after(statements: str, *arguments: str) -> set[str]:
    """The heavy packages a fresh Python has loaded after some statements."""
    ask = f"print(' '.join(sorted({{name.split('.')[0] for name in sys.modules}} & set({HEAVY!r}))))"
    told = f"import sys\n{statements}\n{ask}"
    said = subprocess.run(
        [sys.executable, "-c", told, *arguments], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return set(said.stdout.split())


def test_unlock_lists_and_search_load_nothing_heavy(tmp_path: Path) -> None:
    desk = make_store(tmp_path)
    with desk.change(by=desk.officer, do="clients.register") as session:
        make_client(session, call_name="Tigist")
    desk.close()
    said = loaded_after(
        f"""
from datetime import date
from pathlib import Path
from mrc_app import store
s = store.open(sys.argv[1], login={LOGIN!r}, password={PASSWORD!r}, settings=Path(sys.argv[1]).parent)
from mrc_app.store import lists, search
assert s.centre().name
assert lists.clients(s) and lists.client_count(s) and search.find(s, "tig")
assert lists.tasks(s, date(2026, 11, 20)) == []
s.draft_save("a", {{}})
s.close()""",
        str(desk.path),
    )
    assert said == set()


def test_the_lists_are_what_the_records_say(centre: Store) -> None:
    with centre.change(by=centre.officer, do="clients.register") as session:
        client = make_client(session, call_name="Tigist", phone="+251911234567")
        number, uuid = client.number, client.uuid
    (row,) = lists.clients(centre)
    assert (row.uuid, row.number, row.name, row.phone, row.registered_on) == (
        uuid,
        number,
        "Tigist",
        "+251911234567",
        "2026-11-20",
    )


def test_a_key_file_names_nobody(centre: Store) -> None:
    told = keys.beside(centre.path).read_text("ascii")
    assert LOGIN not in told
    assert centre.officer not in told
