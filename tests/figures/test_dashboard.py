"""The dashboard says what the report says: month by month, by age, by currency, paired, and towards the targets."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from mrc_app import cli, demo, store
from mrc_app.calendars.periods import period
from mrc_app.casework import (
    claims,
    counselling,
    duplicates,
    grievance_events,
    grievances,
    providers,
    referrals,
    reintegration,
)
from mrc_app.casework.assessments import Assessment
from mrc_app.casework.claim_rules import Kind
from mrc_app.errors import Invalid, NotAllowed
from mrc_app.figures import charting, dashboard, dashboard_paper, dashboard_words, reports, targets
from mrc_app.figures.dashboard import Dashboard, Flow
from mrc_app.figures.indicators_words import Backlog
from mrc_app.figures.report_words import ReportWords
from mrc_app.figures.tiers import Tier
from mrc_app.money import Money
from mrc_app.store import officers, restrictions
from mrc_app.store.centre import Store
from mrc_app.store.roles import Role
from mrc_app.typesetting.marks import Bar, Dot, Stroke, Words
from tests.figures.test_stories_2_and_8 import rows, value
from tests.make import LOGIN, OFFICER, PASSWORD, make_client, make_store

OCTOBER, NOVEMBER, DECEMBER = date(2026, 10, 20), date(2026, 11, 10), date(2026, 12, 1)
SCORES = ("economic", "social", "composite")


def score(session: Any, client: str, wave: str, on: date, *values: str) -> None:
    kept = json.dumps(dict(zip(SCORES, values, strict=True)))
    session.add(Assessment(client=client, instrument="cri", version="1", wave=wave, on=on, by=OFFICER, scores=kept))


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """One woman with two records; a restricted one; three cases; two currencies; two people asked twice."""
    made = make_store(tmp_path_factory.mktemp("dashboard"))
    with made.change(by=made.officer, do="test") as session:
        officers.add(session, name="Abebe", login="abebe")
        officers.add(session, name="Dawit", login="dawit", role=Role.DATA_OFFICER)
        officers.add(session, name="Sara", login="sara", role=Role.ADMINISTRATOR)
        hawa, hawwa, almaz, dawit = (
            make_client(session, call_name=name, on=OCTOBER) for name in ("Hawa", "Hawwa", "Almaz", "Dawit")
        )
        for one in (hawa, hawwa, almaz):
            counselling.record(session, client=one.uuid, on=NOVEMBER, officer=OFFICER)
        counselling.record(session, client=hawa.uuid, on=OCTOBER, officer=OFFICER)
        duplicates.merge(session, one=hawa, other=hawwa, by=OFFICER, on=NOVEMBER)
        old, new, shut = (
            grievances.lodge(session, desk_code="BD1", by=OFFICER, on=on, people=[who.uuid], categories=["E1"])
            for on, who in ((date(2026, 3, 1), dawit), (NOVEMBER, hawa), (NOVEMBER, almaz))
        )
        for case, who, amount, said in (
            (old, dawit, Money(260_000, "USD"), [("award", 200_000), ("award", 234_000), ("payment", 90_000)]),
            (new, hawa, Money(329_500, "TND"), [("offer", 100_000)]),
            (shut, almaz, Money(160_000, "USD"), []),
        ):
            claim = claims.add(
                session, client=who.uuid, grievance=case.uuid, head="wage", amount=amount, on=NOVEMBER, by=OFFICER
            )
            for form, minor in said:
                claims.put(
                    session, claim, form=form, amount=Money(minor, amount.currency), on=NOVEMBER, by=OFFICER,
                    today=NOVEMBER,
                )  # fmt: skip
        for state in ("assessed", "advice", "closed"):
            grievance_events.move(session, new, state=state, on=DECEMBER, by=OFFICER, today=DECEMBER)
        score(session, dawit.uuid, "baseline", OCTOBER, "0.25", "0.5", "0.375")
        score(session, dawit.uuid, "month_6", NOVEMBER, "0.75", "0.5", "0.625")
        score(session, hawa.uuid, "baseline", OCTOBER, "0.5", "0.5", "0.5")
        score(session, hawwa.uuid, "month_6", NOVEMBER, "0.25", "0.75", "0.5")
        score(session, almaz.uuid, "month_6", NOVEMBER, "1", "1", "1")
        for number in (4, 30):
            targets.aim(session, indicator=("A1", "A3")[number > 9], period="2026-11", by=OFFICER, on=NOVEMBER,
                        number=number)  # fmt: skip
        legal = providers.add(session, kind="legal_aid", name="Lawyers", country="ET")
        session.add(
            referrals.Referral(
                client=dawit.uuid, provider=legal.uuid, service="advice", made_on=NOVEMBER, made_by=OFFICER
            )
        )
        reintegration.plan(session, client=dawit.uuid, on=NOVEMBER, by=OFFICER)
        restrictions.restrict(session, client=almaz.uuid, officers=[made.officer], since="2026-11-10T00:00:00Z")
    yield made
    made.close()


def same(desk: Store, code: str, today: date) -> Dashboard:
    """The dashboard of a period, after it was compared with the report of the same period to the unit."""
    board, report = dashboard.look(desk, code, today), reports.make(desk, code, Tier.INTERNAL, today)
    for one in board.months:
        month = reports.make(desk, f"{one.start}/{one.end}", Tier.INTERNAL, today)
        assert (str(one.persons), str(one.contacts)) == (value(month, "A2"), value(month, "A3")), one
    found = rows(report, "C7")
    assert {band.value: n for band, n in board.backlog.items() if n} == {
        cell[0]: n for cell, n in found.items() if n and cell != ("_T",)
    }
    assert {(one.currency, kind.value, str(minor)) for one in board.money for kind, minor in one.minor.items()} == {
        (one["currency"], one["part"], one["value"]) for one in report["figures"] if one["code"] == "C5"
    }
    assert {
        (f"{one.wave} {one.dimension} change", dashboard_words.rounded(one.change, 2), one.n) for one in board.paired
    } == {
        (one["part"], one["value"], one["n"])
        for one in report["figures"]
        if one["code"] == "D2" and one["part"].endswith("change")
    }
    assert list(board.aims) == report["targets"]
    return board


def test_every_figure_is_the_reports(desk: Store) -> None:
    board = same(desk, "2026-10-20/2026-12-31", DECEMBER)
    assert [(one.month, one.persons, one.contacts) for one in board.months] == [(10, 2, 1), (11, 3, 3), (12, 1, 0)]
    board = same(desk, "2026-Q4", DECEMBER)
    assert [(one.month, one.persons) for one in board.months] == [(10, 2), (11, 3), (12, 1)]
    assert board.backlog == {**dict.fromkeys(Backlog, 0), Backlog.UP_TO_90: 1, Backlog.UP_TO_365: 1}
    november = dashboard.look(desk, "2026-11", DECEMBER)
    assert [(one["indicator"], one["percent"]) for one in november.aims] == [("A1", 0), ("A3", 10)]
    assert november.money == (
        Flow("TND", {Kind.CLAIMED: 329_500, Kind.OFFERED: 100_000}, {Kind.CLAIMED: 1, Kind.OFFERED: 1}),
        Flow(
            "USD", {Kind.AWARDED: 234_000, Kind.CLAIMED: 420_000, Kind.PAID: 90_000},
            {Kind.AWARDED: 1, Kind.CLAIMED: 2, Kind.PAID: 1},
        ),
    )  # fmt: skip
    assert [(one.dimension, one.first, one.later, one.n) for one in november.paired] == [
        ("economic", Fraction(3, 8), Fraction(1, 2), 2), ("social", Fraction(1, 2), Fraction(5, 8), 2),
        ("composite", Fraction(7, 16), Fraction(9, 16), 2),
    ]  # fmt: skip


def test_a_restricted_client_is_in_no_chart_of_an_outsider(desk: Store) -> None:
    abebe = Store(desk.path, desk.key, "abebe", "this computer")
    board = same(abebe, "2026-Q4", DECEMBER)
    abebe.close()
    assert board.months[1].persons == 2 and board.months[1].contacts == 2
    assert {one.currency: one.minor[Kind.CLAIMED] for one in board.money} == {"TND": 329_500, "USD": 260_000}


def test_a_data_officer_sees_the_charts_and_an_administrator_none(desk: Store) -> None:
    dawit = Store(desk.path, desk.key, "dawit", "this computer")
    assert same(dawit, "2026-Q4", DECEMBER).paired == ()
    dawit.close()
    sara = Store(desk.path, desk.key, "sara", "this computer")
    with pytest.raises(NotAllowed):
        dashboard.look(sara, "2026-11", DECEMBER)
    sara.close()


def test_the_months_are_those_of_the_calendar_of_the_period() -> None:
    thirteen = dashboard.months(period("et:2019-03"))
    assert [(one.year, one.month) for one in thirteen][::6] == [(2018, 4), (2018, 10), (2019, 3)]
    assert (thirteen[-1].start, thirteen[-1].end) == (date(2026, 11, 10), date(2026, 12, 9))
    pagume = thirteen[9]
    assert (pagume.month, (pagume.end - pagume.start).days) == (13, 4)
    assert [one.month for one in dashboard.months(period("np:FY2083"))] == [4, 5, 6, 7, 8, 9, 10, 11, 12, 1, 2, 3]
    assert len(dashboard.months(period("2020-01-01/2026-12-31"))) == dashboard.MOST_MONTHS
    year = dashboard.months(period("2026"))
    assert [one.month for one in dashboard.begun(year, date(2026, 2, 3))] == [1, 2]
    assert [one.month for one in dashboard.begun(year, date(2020, 1, 1))] == [1]


def test_each_chart_reads_its_figures_aloud_and_has_them_in_its_table(desk: Store) -> None:
    made = {one.id: one for one in dashboard_words.charts(dashboard.look(desk, "2026-11", DECEMBER), words("en"))}
    assert made["services"].sentence == "Persons served in \u2068November 2026\u2069: 3. Most in one month: 3."
    assert "\u2068October 2026\u2069: persons served 2, contacts 1" in made["services"].said
    assert made["services"].rows[-1] == ("November 2026", "3", "3") and len(made["services"].rows) == 12
    assert made["backlog"].sentence == "Open cases: 3. Open for more than 180 days: 1."
    assert "181 to 365 days: 1" in made["backlog"].said
    money = [tuple(cell.strip("\u2066\u2069") for cell in row) for row in made["money"].rows]
    assert money == [
        ("TND", "329.500", "100.000", "–", "–"), ("USD", "4,200.00", "–", "2,340.00", "900.00"),
    ]  # fmt: skip
    assert "\u2066+0.13\u2069" in made["change"].said and made["change"].sentence.endswith("both times: 2.")
    assert made["targets"].rows[1][1:3] == ("3", "30")
    empty = dashboard_words.charts(dashboard.look(desk, "2020-02", DECEMBER), words("en"))
    assert [one.shape for one in empty] == [None] * 5
    assert empty[0].said == "Nothing to show for this period."
    assert "Nobody was asked again" in empty[3].said and "No target is set" in empty[4].said


def words(code: str) -> ReportWords:
    return ReportWords.load(code)


def test_a_chart_is_mirrored_for_a_language_read_from_right_to_left(desk: Store) -> None:
    for chart in dashboard_words.charts(dashboard.look(desk, "2026-11", DECEMBER), words("ar")):
        plain, turned = (charting.drawn(chart, 500, right_to_left=rtl) for rtl in (False, True))
        assert plain.height == turned.height
        for one, other in zip(plain.marks, turned.marks, strict=True):
            if isinstance(one, Bar | Words):
                assert isinstance(other, Bar | Words) and other.x == pytest.approx(500 - one.x - one.width)
                assert one.x >= -0.01 and one.x + one.width <= 500.01
            elif isinstance(one, Dot | Stroke):
                assert isinstance(other, Dot | Stroke) and other.x == pytest.approx(500 - one.x)
    fills = {one.fill for one in plain.marks if isinstance(one, Bar)}
    assert fills == {"dark"}


@pytest.mark.parametrize(
    ("most", "found"), [(0, (1, 1)), (5, (6, 2)), (17, (20, 5)), (41, (60, 20)), (999, (1000, 500))]
)
def test_the_scale_ends_at_a_round_number(most: int, found: tuple[int, int]) -> None:
    assert charting.top_of(most) == found


@pytest.mark.parametrize("code", ["en", "ar", "am"])
def test_the_paper_is_tagged_in_its_language_with_words_for_every_drawing(
    desk: Store, code: str, tmp_path: Path
) -> None:
    board = dashboard.look(desk, "2026-11", DECEMBER)
    made = dashboard_paper.paper(board, words(code))
    assert made.pdf == dashboard_paper.paper(board, words(code)).pdf
    path = tmp_path / "dashboard.pdf"
    path.write_bytes(made.pdf)
    reader = PdfReader(path)
    root: Any = reader.trailer["/Root"]
    assert root["/Lang"] == code and root["/MarkInfo"]["/Marked"]
    assert [round(float(side) / 72 * 25.4) for side in reader.pages[0].mediabox[2:]] == [210, 297]
    alts = [alt for alt in figures(root["/StructTreeRoot"]) if alt]
    assert alts == [one.said for one in dashboard_words.charts(board, words(code))]
    assert not any("/XObject" in page["/Resources"] for page in reader.pages), "charts are vectors"


def figures(element: Any) -> Iterator[str]:
    found = element.get_object()
    if isinstance(found, list):
        for kid in found:
            yield from figures(kid)
    elif isinstance(found, dict):
        if found.get("/S") == "/Figure":
            yield str(found.get("/Alt", ""))
        if "/K" in found:
            yield from figures(found["/K"])


def test_mrc_dashboard_writes_the_paper_and_says_the_figures(
    desk: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MRC_PASSWORD", PASSWORD)
    out = tmp_path / "november.pdf"
    options = ["dashboard", "--centre", str(desk.path), "--user", LOGIN, "--today", "2026-12-01", "--out", str(out)]
    assert cli.run([*options, "--period", "2026-11", "--language", "fr", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert out.read_bytes().startswith(b"%PDF") and (said["language"], said["start"]) == ("fr", "2026-11-01")
    assert said["services"][-1] == {"start": "2026-11-01", "end": "2026-11-30", "persons": 3, "contacts": 3}
    assert said["money"]["USD"] == {"claimed": 420_000, "awarded": 234_000, "paid": 90_000}
    assert said["backlog"]["181-365"] == 1 and said["change"][0]["change"] == "0.13"
    assert cli.run([*options, "--period", "soon"]) == 1
    assert "is not a period" in capsys.readouterr().err
    with pytest.raises(Invalid):
        dashboard.look(desk, "2026-13", DECEMBER)


@pytest.mark.long
def test_the_stories_of_the_demo_to_the_unit(tmp_path: Path) -> None:
    made = demo.make(tmp_path, clients=0)
    password = (tmp_path / "password.txt").read_text("utf-8").strip()
    desk = store.open(made.centre, login=made.user, password=password)
    board = same(desk, "2026-11", date(2026, 11, 22))
    claimed = {one.currency: one.minor[Kind.CLAIMED] for one in board.money}
    assert (claimed["HKD"], claimed["TND"]) == (1_456_400, 1_011_250)
    year = same(desk, "2026", date(2026, 11, 22))
    assert {one.currency: one.minor[Kind.CLAIMED] for one in year.money}["USD"] == 160_000
    assert sum(year.backlog.values()) == 4
    desk.close()
