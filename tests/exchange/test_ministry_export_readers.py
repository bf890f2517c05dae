"""Other people's programs read an export: frictionless, pysdmx and sdmx1; and the profile stands in resources/schemas.

The three need 300 MB and stand in an environment of their own: ``MRC_CHECKERS`` names its Python (``python -m venv
CHECKERS && CHECKERS/bin/pip install frictionless "pysdmx[data,xml]" sdmx1``); without it the long test is skipped.
"""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from mrc_app.exchange import ministry_export_agreements as agreements
from mrc_app.exchange.ministry_export_package import published
from mrc_app.exchange.ministry_export_profile import FLOWS
from mrc_app.exchange.ministry_export_words import APP_VERSION, CONSENT, Column, Tier
from mrc_app.places import RESOURCES
from tests.exchange import export_made
from tests.exchange.export_made import DAY, SECRET, entries, made, unsealed
from tests.make import make_store

ROOT = Path(__file__).resolve().parents[2]
CHECKERS = Path(os.environ.get("MRC_CHECKERS", ROOT / ".venv-checkers" / "bin" / "python"))


def test_the_published_schemas_are_those_the_exports_are_made_by() -> None:
    kept = {
        file.name: json.loads(file.read_text("utf-8")) for file in (RESOURCES / "schemas" / "mrc-export-1").iterdir()
    }
    assert kept == published(FLOWS), "run scripts/write_schemas.py"


def test_the_manual_prints_the_one_table_of_consent_and_tier() -> None:
    text = (ROOT / "docs" / "EXPORT.md").read_text("utf-8")
    for tier, asks in CONSENT.items():
        agreed = "yes" if asks.agreement else "no"
        assert f"| {tier.value} | {asks.purpose.code} | {agreed} | `{asks.refused.value}`, `restricted` |" in text
    assert all(f"`{column.value}`" in text for column in Column)
    assert f'version = "{APP_VERSION}"' in (ROOT / "pyproject.toml").read_text("utf-8")


def _unpacked(folder: Path, files: dict[str, bytes]) -> Path:
    for name, content in files.items():
        if "xlsx/" not in name:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(content)
    return folder


def _say(folder: Path, *more: str) -> dict[str, object]:
    script = Path(__file__).with_name("checkers.py")
    done = subprocess.run([CHECKERS, script, folder, *more], capture_output=True, text=True, check=True, timeout=300)
    said: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return said


@pytest.mark.long
@pytest.mark.skipif(not CHECKERS.exists(), reason="no Python with frictionless, pysdmx and sdmx1: set MRC_CHECKERS")
def test_frictionless_pysdmx_and_sdmx1_read_every_table_and_a_mutated_copy_fails(tmp_path: Path) -> None:
    store = make_store(tmp_path)
    people = export_made.fill(store)
    export_made.trust(store)
    export_made.agree(store, *Column)
    with store.change(by=store.officer, do="test") as session:
        export_made.ask_named(session, people["Wubalem"])
        agreements.keep_linkage_key(session, to="BOLSA", year=2026, key=SECRET, on=DAY, by=store.officer)
    for number, (tier, period) in enumerate(
        [(Tier.CASE, "2026-Q4"), (Tier.MIN, "et:2019-03"), (Tier.MIN, "np:FY2083"), (Tier.LINK, "2026")]
    ):
        files = entries(unsealed(made(store, tmp_path, tier, period, languages=("am", "en")).file))
        folder = _unpacked(tmp_path / str(number), files)
        said = _say(folder, *(["sdmx"] if tier is not Tier.LINK else []))
        assert said["errors"] == []
        assert all(len(set(seen)) == 1 for seen in said.get("rows", {}).values())  # type: ignore[attr-defined]
    store.close()
    folder = tmp_path / "0"
    for path, old, new, wrong in (
        ("indicators/DF_PERSONS.csv", b",F,", b",Q,", "constraint-error"),
        ("data/services.csv", b"C-", b"C-0", "hash-count"),
        ("data/grievances.csv", b"E1,", b"E1, ", "hash-count"),
    ):
        kept = (folder / path).read_bytes()
        (folder / path).write_bytes(kept.replace(old, new, 1))
        errors = _say(folder)["errors"]
        (folder / path).write_bytes(kept)
        assert errors and (wrong in errors or any("hash" in one for one in errors)), (path, errors)  # type: ignore[operator,union-attr]
