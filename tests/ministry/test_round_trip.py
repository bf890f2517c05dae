"""What a desk exports the ministry takes: counts and case rows as they were, and the answer comes home."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from mrc_app.calendars.periods import period
from mrc_app.exchange import arriving, desk_keys, ministry_exports
from mrc_app.exchange.ministry_export_words import Column, Tier
from mrc_app.ministry import answering, centres, consolidated, opening, receiving
from mrc_app.ministry.database import Database
from mrc_app.store.centre import Store
from tests.exchange import export_made
from tests.exchange.export_made import MINISTRY, made
from tests.make import make_store

TODAY = date(2026, 12, 9)
PERIOD = "et:2019-03"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Store]:
    store = make_store(tmp_path)
    export_made.fill(store)
    export_made.trust(store)
    export_made.agree(store, Column.MIGRATION_STATUS)
    yield store
    store.close()


def test_what_a_desk_exports_the_ministry_takes_and_answers(desk: Store, at: Database, tmp_path: Path) -> None:
    (tmp_path / "ministry.txt").write_text(MINISTRY.identity, "ascii")
    keys, own = opening.identities(tmp_path / "ministry.txt"), desk_keys.own(desk)
    files = [made(desk, tmp_path, tier, PERIOD).file for tier in (Tier.MIN, Tier.CASE)]
    code = files[0].name.split("_")[1]
    centres.add(at, code=code, name="The centre", recipient=own.recipient, today=TODAY)
    found = receiving.receive(at, files, keys)
    assert [(one.outcome, one.signer, one.reason) for one in found.answers] == [("accepted", "known", None)] * 2
    sums = {(one.flow, one.indicator, one.unit): one for one in consolidated.sums(at, period(PERIOD))}
    assert sums["DF_PERSONS", "PERSONS_N", "PS"].cells["_T", "_T", "_T", "_T", "_T"] == 3
    assert Decimal("120.5") in sums["DF_COMPENSATION", "COMP_PAID", "TND"].cells.values()
    assert ("DF_RECRUITMENT_COST", "RC_RATIO_MEDIAN", "MONTHS") not in sums
    assert dict(at.rows("SELECT kind, count(*) FROM case_row GROUP BY kind"))["cases"] == 3
    answer, _of_the_rows = answering.answer(found, MINISTRY, {code: own.recipient}).files
    assert [arriving.arrive(desk, answer, today=TODAY).new for _twice in range(2)] == [1, 0]
    with desk.read() as session:
        kept = next(one for one in ministry_exports.listed(session) if one.tier is Tier.MIN)
    assert (kept.accepted, kept.acknowledged_on) == (True, TODAY)
