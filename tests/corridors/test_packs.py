"""Corridor files: every one we ship loads and is sourced; one from outside is hostile until checked."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mrc_app.corridors import catalogue
from mrc_app.corridors.facts import Confidence, Side
from mrc_app.corridors.packs import MOST_BYTES, read_pack
from mrc_app.corridors.services import Kind
from mrc_app.errors import CannotRead

FILES = sorted(catalogue.FOLDER.glob("*.toml"))
PACK = """
schema = "corridor-facts/1"
[corridor]
id = "ET-SA"
origin = "ET"
destination = "SA"
grade = "A"
sectors = ["domestic"]
languages = ["am", "ar"]
compiled = "2026-11-21"
status = "open"
[[fact]]
key = "wage.minimum"
sector = "domestic"
value = 1000
unit = "per month"
currency = "SAR"
valid_from = "2025-01-01"
valid_to = "2026-12"
confidence = "high"
side = "agreement"
source = "paper"
[[source]]
id = "paper"
title = "A paper"
url = "https://example.org/paper"
kind = "government"
seen = "2026-11-21"
"""


def read(text: str, name: str = "ET-SA.toml") -> None:
    read_pack(text.encode(), name)


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_every_file_we_ship_loads_and_every_fact_has_its_source_and_confidence(path: Path) -> None:
    found = catalogue.read(path)
    assert found.known and found.facts and found.compiled == date(2026, 11, 21)
    assert len({fact.uuid for fact in found.facts}) == len(found.facts)
    assert len({contact.uuid for contact in found.contacts}) == len(found.contacts)
    for fact in found.facts:
        assert fact.confidence in Confidence and fact.side in Side and fact.unit
        assert fact.source.title and fact.source.url.startswith("http") and fact.source.seen
        assert fact.source is found.sources[fact.source.id]
    assert all(contact.kind in tuple(Kind) for contact in found.contacts)


def test_the_files_we_ship_are_those_we_think() -> None:
    assert len(FILES) == 24
    assert sum(len(found.facts) for found in catalogue.corridors()) >= 443
    assert {found.id for found in catalogue.corridors()} == {path.stem for path in FILES}


def test_the_smallest_good_file_is_read_and_keeps_decimals_exact() -> None:
    pack = read_pack(PACK.replace("value = 1000", "value = 1000.10").encode(), "ET-SA.toml")
    assert pack.facts[0].value == Decimal("1000.10")
    assert pack.facts[0].money is not None and pack.facts[0].money.minor == 100010


@pytest.mark.parametrize(
    ("was", "becomes", "field"),
    [
        ('schema = "corridor-facts/1"', 'schema = "corridor-facts/2"', "schema"),
        ('schema = "corridor-facts/1"', 'schema = "corridor-facts/1"\nrun = "x"', "run"),
        ('origin = "ET"', 'origin = "XX"', "corridor.origin"),
        ('origin = "ET"', 'origin = ["ET"]', "corridor.origin"),
        ('origin = "ET"', 'origin = "KE"', "corridor.id"),
        ('id = "ET-SA"', 'id = "ET-SAU"', "corridor.id"),
        ('grade = "A"', 'grade = "Z"', "corridor.grade"),
        ('grade = "A"', "", "corridor.grade"),
        ('status = "open"', 'status = "perhaps"', "corridor.status"),
        ('status = "open"', 'status = "open"\nstatus_source = "nobody"', "corridor.status_source"),
        ('compiled = "2026-11-21"', 'compiled = "2026-13-21"', "corridor.compiled"),
        ('compiled = "2026-11-21"', "compiled = 2026-11-21", "corridor.compiled"),
        ('key = "wage.minimum"', 'key = "Wage minimum"', "fact 1.key"),
        ('key = "wage.minimum"', 'key = "wage.minimum"\nexec = "x"', "fact 1.exec"),
        ("value = 1000", "value = nan", "fact 1.value"),
        ("value = 1000", "value = inf", "fact 1.value"),
        ("value = 1000", "value = 1e400", "fact 1.value"),
        ("value = 1000", "value = [1000]", "fact 1.value"),
        ("value = 1000", "value = { a = 1 }", "fact 1.value"),
        ("value = 1000", "value = 1000.125", "fact 1.value"),
        ("value = 1000", 'value = "about 1000"', "fact 1.value"),
        ('unit = "per month"', 'unit = ""', "fact 1.unit"),
        ('unit = "per month"\ncurrency = "SAR"', 'unit = "payer"', "fact 1.value"),
        ('unit = "per month"\ncurrency = "SAR"', 'unit = "bool"', "fact 1.value"),
        ('currency = "SAR"', 'currency = "XXQ"', "fact 1.currency"),
        ('confidence = "high"', 'confidence = "certain"', "fact 1.confidence"),
        ('confidence = "high"', "", "fact 1.confidence"),
        ('side = "agreement"', 'side = "employer"', "fact 1.side"),
        ('valid_to = "2026-12"', 'valid_to = "2024"', "fact 1.valid_to"),
        ('valid_to = "2026-12"', 'valid_to = "soon"', "fact 1.valid_to"),
        ('source = "paper"', 'source = "other"', "fact 1.source"),
        ('source = "paper"', "", "fact 1.source"),
        ('url = "https://example.org/paper"', 'url = "javascript:alert(1)"', "source 1.url"),
        ('url = "https://example.org/paper"', 'url = "file:///etc/passwd"', "source 1.url"),
        ('title = "A paper"', 'title = "A \\u202Epaper"', "source 1.title"),
        ('title = "A paper"', 'title = "A \\u0000paper"', "source 1.title"),
        ('title = "A paper"', f'title = "{"x" * 3000}"', "source 1.title"),
        ("[[source]]", "[source]", "source"),
    ],
)
def test_a_bad_file_is_refused_in_one_sentence_that_names_the_field(was: str, becomes: str, field: str) -> None:
    assert was in PACK
    with pytest.raises(CannotRead) as refused:
        read(PACK.replace(was, becomes, 1))
    said = str(refused.value)
    assert said.startswith("The corridor file ET-SA.toml cannot be used: ") and said.endswith(".")
    assert f": {field} " in said and "\n" not in said


def test_a_file_of_another_name_too_large_or_no_toml_is_refused() -> None:
    with pytest.raises(CannotRead, match="does not fit the name of the file"):
        read(PACK, "ET-JO.toml")
    with pytest.raises(CannotRead, match="more than a corridor file can have"):
        read_pack(b"#" * (MOST_BYTES + 1), "ET-SA.toml")
    for content in (b"\xff\xfe", b"not toml at all", b"[[[[", b"", b"a=" + b"[" * 5000):
        with pytest.raises(CannotRead):
            read_pack(content, "ET-SA.toml")


def test_the_same_fact_or_source_twice_is_refused() -> None:
    fact, source = PACK[PACK.index("[[fact]]") : PACK.index("[[source]]")], PACK[PACK.index("[[source]]") :]
    with pytest.raises(CannotRead, match="same fact twice"):
        read(PACK + fact)
    with pytest.raises(CannotRead, match="same id twice"):
        read(PACK + source)


@given(st.binary(max_size=300))
def test_no_bytes_whatever_make_anything_but_a_refusal(content: bytes) -> None:
    with pytest.raises(CannotRead):
        read_pack(content, "ET-SA.toml")


def test_a_missing_file_is_refused_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(CannotRead, match=r"^The corridor file ET-SA\.toml cannot be read\.$"):
        catalogue.read(tmp_path / "ET-SA.toml")


def test_an_endless_file_is_not_read_to_its_end() -> None:
    with pytest.raises(CannotRead, match="its size"):
        catalogue.read(Path("/dev/zero"))
