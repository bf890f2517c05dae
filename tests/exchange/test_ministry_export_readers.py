"""Other people's programs read an export: frictionless, pysdmx and sdmx1; and the profile stands in resources/schemas.

The three need 300 MB and stand in an environment of their own: ``MRC_CHECKERS`` names its Python (``python -m venv
CHECKERS && CHECKERS/bin/pip install frictionless "pysdmx[data,xml]" sdmx1``); without it the long test is skipped.
"""

from __future__ import annotations

import json
import os
import shutil
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

PERIODS = ("2026-Q4", "et:2019-03", "np:FY2083", "2026")
MUTATED = (
    ("indicators/DF_PERSONS.csv", b",F,", b",Q,"),
    ("data/services.csv", b"\nC-", b"\nC-Z"),
    ("data/grievances.csv", b"E1,", b"E99,"),
    ("data/compensation.csv", b"\nG-", b"\nG-00000000000"),
)
"""A wrong code, a token of nobody, an unknown matter, a row of no case."""
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
    folders = []
    for tier, period in (
        (Tier.CASE, "2026-Q4"),
        (Tier.MIN, "et:2019-03"),
        (Tier.MIN, "np:FY2083"),
        (Tier.LINK, "2026"),
    ):
        files = entries(unsealed(made(store, tmp_path, tier, period, languages=("am", "en")).file))
        folders.append(_unpacked(tmp_path / str(len(folders)), files))
    store.close()
    right = len(folders)
    for path, old, new in MUTATED:
        folders.append(tmp_path / str(len(folders)))
        shutil.copytree(folders[0], folders[-1], ignore=shutil.ignore_patterns("sdmx"))
        file = folders[-1] / path
        assert old in file.read_bytes()
        file.write_bytes(file.read_bytes().replace(old, new, 1))
    script = Path(__file__).with_name("checkers.py")
    done = subprocess.run([CHECKERS, script, *folders], capture_output=True, text=True, check=True, timeout=600)
    said = json.loads(done.stdout.splitlines()[-1])
    for one in said[:right]:
        assert one["errors"] == [] and all(len(set(seen)) == 1 for seen in one["rows"].values())
    assert [len(one["rows"]) > 10 for one in said[:right]] == [True, True, True, False]
    assert all("hash-count" in one["errors"] for one in said[right:])
    assert {"constraint-error", "foreign-key"} <= {error for one in said[right:] for error in one["errors"]}
