"""Assessments: an answer sheet kept with its score, an office's own instrument, and change on the same people."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest
from sqlmodel import Session

from mrc_app.casework import assessments, instruments
from mrc_app.casework.assessments import Assessment, Wave
from mrc_app.errors import CannotRead, Invalid, MrcError
from tests.casework.test_instruments import DAWIT, sheet
from tests.make import OFFICER, TODAY, make_client

OFFICE = """
schema = "instrument/1"
id = "tracer"
version = "1"
kind = "checklist"
minimum_answered = "0.5"
needs_at_or_below = "0"
source = "the office"
name = { en = "Tracer call" }
[[dimension]]
id = "call"
weight = "1"
name = { en = "Call" }
[[dimension.question]]
id = "t1"
weight = "1"
text = { en = "Paid on time?" }
answer = [{ code = "no", value = "0", text = { en = "No" } }, { code = "yes", value = "1", text = { en = "Yes" } }]
"""


def test_a_sheet_is_kept_with_its_answers_and_its_score(session: Session) -> None:
    client = make_client(session)
    values = {**sheet(DAWIT), "social": {**sheet(DAWIT)["social"], "S4": "na"}}
    kept = assessments.assess(
        session, client=client.uuid, answers=values, on=TODAY, by=OFFICER, wave="baseline", note="calm"
    )
    assert (kept.instrument, kept.version, kept.wave) == (instruments.OURS, "1", Wave.BASELINE)
    assert assessments.kept_answers(kept)["social"]["S4"] is None
    assert assessments.kept_answers(kept)["economic"]["E5"] == 0
    assert instruments.shown(assessments.kept_scores(kept)["economic"]) == "0.29"
    assert assessments.of_client(session, client.uuid) == [kept]
    assert assessments.by_uuid(session, kept.uuid) is kept
    with pytest.raises(MrcError):
        assessments.by_uuid(session, "nobody")


def test_a_sheet_without_an_answer_is_refused(session: Session) -> None:
    for empty in ({}, {"economic": {}}):
        with pytest.raises(Invalid, match="Nothing is answered"):
            assessments.assess(session, client="nobody", answers=empty, on=TODAY, by=OFFICER)


def test_under_the_minimum_the_sheet_is_kept_without_a_score(session: Session) -> None:
    client = make_client(session)
    kept = assessments.assess(session, client=client.uuid, answers={"economic": {"E1": 1}}, on=TODAY, by=OFFICER)
    assert assessments.kept_scores(kept) == dict.fromkeys(["composite", "economic", "psychosocial", "social"])


def test_an_office_loads_its_own_instrument_once(session: Session) -> None:
    made = assessments.load(session, document=OFFICE, on=TODAY, by=OFFICER)
    assert made.label == "Tracer call"
    assert assessments.instrument_of(session, "tracer", "1").id == "tracer"
    assert [one.id for one in assessments.available(session)][-1] == "tracer"
    with pytest.raises(Invalid, match="here already"):
        assessments.load(session, document=OFFICE, on=TODAY, by=OFFICER)
    with pytest.raises(Invalid, match="here already"):
        assessments.load(session, document=OFFICE.replace("tracer", instruments.OURS), on=TODAY, by=OFFICER)
    with pytest.raises(CannotRead):
        assessments.load(session, document="no [", on=TODAY, by=OFFICER)
    with pytest.raises(Invalid, match="too large"):
        assessments.load(session, document="#" * 400_000, on=TODAY, by=OFFICER)
    with pytest.raises(Invalid, match="no instrument"):
        assessments.instrument_of(session, "tracer", "9")
    newer = OFFICE.replace('version = "1"', 'version = "2"')
    assessments.load(session, document=newer, on=TODAY, by=OFFICER)
    assert assessments.instrument_of(session, "tracer").version == "2"


def kept(client: str, on: date, **scores: str | None) -> Assessment:
    return Assessment(client=client, instrument="i", version="1", on=on, by="x", scores=json.dumps(scores))


def test_change_is_counted_only_on_people_with_both_scores() -> None:
    before, after = date(2026, 11, 6), date(2027, 5, 6)
    pairs = [
        (kept("a", before, economic="0.25", social="0.5"), kept("a", after, economic="0.75", social=None)),
        (kept("b", before, economic="0.5", social=None), kept("b", after, economic="0.5", social="1")),
    ]
    found = assessments.paired(pairs)
    assert [(one.dimension, one.n, one.difference) for one in found] == [("economic", 2, Decimal("0.25"))]
    assert assessments.paired([]) == []


def test_the_first_and_the_latest_sheet_of_one_instrument_make_a_pair() -> None:
    one, two, three = (kept("a", date(2026, month, 1), economic="0.5") for month in (6, 1, 3))
    pair = assessments.first_and_last([one, two, three], "i")
    assert pair is not None
    assert (pair[0].on, pair[1].on) == (date(2026, 1, 1), date(2026, 6, 1))
    assert assessments.first_and_last([one], "i") is None
    assert assessments.first_and_last([one, two], "other") is None
