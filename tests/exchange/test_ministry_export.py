"""What leaves for a ministry: counted as figures count, the same bytes, nobody's name, no column nobody switched on."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as xml

import pytest

from mrc_app.casework import costs, counselling
from mrc_app.errors import Invalid, MrcError, NotAllowed
from mrc_app.exchange import ledgers, minisigs, ministry_exports
from mrc_app.exchange import ministry_export_agreements as agreements
from mrc_app.exchange.ministry_export_profile import FLOWS
from mrc_app.exchange.ministry_export_words import CONSENT, COVERS, Column, Tier
from mrc_app.figures import reports
from mrc_app.figures.tiers import SENSITIVE
from mrc_app.figures.tiers import Tier as FiguresTier
from mrc_app.money import Money
from mrc_app.store import officers
from mrc_app.store.centre import Store
from mrc_app.store.kinds import kinds
from mrc_app.store.roles import Role
from tests.exchange import export_made
from tests.exchange.export_made import DAY, MINISTRY, OTHER, SECRET, TODAY, entries, made, observed, table, unsealed
from tests.make import OFFICER, make_client, make_store


@pytest.fixture(scope="module")
def people() -> dict[str, str]:
    return {}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, people: dict[str, str]) -> Iterator[Store]:
    store = make_store(tmp_path_factory.mktemp("ministry"))
    people |= export_made.fill(store)
    export_made.trust(store)
    yield store
    store.close()


@pytest.fixture(scope="module")
def counts(desk: Store, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The archive of tier MIN."""
    return entries(unsealed(made(desk, tmp_path_factory.mktemp("counts")).file))


@pytest.fixture
def own(tmp_path: Path, desk: Store) -> Iterator[Store]:
    """A copy of the centre for a test that changes it."""
    for file in (desk.path, *desk.path.parent.glob(f"{desk.path.stem}.*")):
        shutil.copyfile(file, tmp_path / file.name)
    store = Store(tmp_path / desk.path.name, desk.key, "meseret", "this computer", personal=desk.personal)
    yield store
    store.close()


# -- Counts


def test_the_numbers_are_those_of_the_report_of_a_centre_that_knows_only_who_agreed(
    counts: dict[str, bytes], tmp_path: Path
) -> None:
    only = make_store(tmp_path)
    export_made.fill(only, everybody=False)
    report = reports.make(only, "2026-Q4", FiguresTier.INTERNAL, TODAY)
    only.close()
    told = {
        (row["FIGURE"], row["PART"], row["MEASURE"], row["CURRENCY"]): row["OBS_VALUE"]
        for row in table(counts, "indicators/DF_FIGURES.csv")
        if row["INDICATOR"] == "FIGURE_N"
    }
    for one in report["figures"]:
        if one["code"] != "C9" and one["n"] is not None:
            part = one["part"].upper().replace(" ", "_") or "_T"
            assert told.pop((one["code"], part, one["unit"].upper(), one["currency"] or "_Z")) == str(one["n"])
    assert not told
    assert observed(counts, "DF_PERSONS", "PERSONS_N") == "3"
    assert observed(counts, "DF_PERSONS", "PERSONS_NEW_N", SEX="F") == "2"
    assert observed(counts, "DF_GRIEVANCES", "GRIEVANCES_N") == "1", "the case about violence is in no number"
    assert observed(counts, "DF_COMPENSATION", "COMP_PAID", CURRENCY="TND", SOURCE="_Z") == "120.500"
    assert observed(counts, "DF_RECRUITMENT_COST", "RC_RATIO_MEDIAN") == "2.0000"
    assert observed(counts, "DF_RECRUITMENT_COST", "RC_COST_SUM", CURRENCY="ETB") == "132000.00"
    assert observed(counts, "DF_RECRUITMENT_COST", "RC_INCOME_SUM", CURRENCY="ETB") == "66000.00"
    assert observed(counts, "DF_RETURNEES", "RETURNEES_N", HOW="DEPORTED") == "3"
    assert observed(counts, "DF_OUTREACH_SEX", "MET_SEX_N", SEX="F") == "5"


def test_the_leaves_of_every_dataflow_add_up_to_its_totals(counts: dict[str, bytes]) -> None:
    assert _added_up(counts) > 50


def test_sums_that_come_of_a_rate_are_rounded_before_they_are_added(
    own: Store, people: dict[str, str], tmp_path: Path
) -> None:
    with own.change(by=own.officer, do="test") as session:
        costs.type_rate(
            session, today=DAY, by=OFFICER, one="SAR", other="ETB", number="38.333", read_on=DAY, source="bank board"
        )
        for name in ("Wubalem", "Zerihun", "Yeshimebet"):
            amount = Money(100_01, "SAR")
            costs.pay(session, client=people[name], on=DAY, by=OFFICER, code="FEE", amount=amount)
    files = entries(unsealed(made(own, tmp_path).file))
    assert observed(files, "DF_RECRUITMENT_COST", "RC_COST_SUM", CURRENCY="ETB") == "143501.05", "3 x 3,833.68333 more"
    assert _added_up(files) > 50


def _added_up(files: dict[str, bytes]) -> int:
    """Checks every total against its leaves; how many there were."""
    checked = 0
    for flow in FLOWS.values():
        rows = table(files, flow.path) if flow.path in files else []
        for total in rows:
            if total["INDICATOR"] in flow.sums and "_T" in (total[dim] for dim in flow.dims):
                parts = [
                    Decimal(row["OBS_VALUE"])
                    for row in rows
                    if row["INDICATOR"] == total["INDICATOR"]
                    and all(total[dim] in ("_T", row[dim]) and row[dim] != "_T" for dim in flow.dims)
                ]
                assert sum(parts) == Decimal(total["OBS_VALUE"])
                checked += 1
    return checked


def test_who_refused_and_who_is_restricted_is_withheld_and_counted_by_the_reason(own: Store, tmp_path: Path) -> None:
    done = made(own, tmp_path / "out")
    assert done.withheld == {"no_statistics_consent": 1, "restricted": 1}
    manifest = json.loads(entries(unsealed(done.file))["datapackage.json"])
    assert manifest["mrc:withheld"] == done.withheld
    assert manifest["mrc:record_counts"] == {
        one["name"]: one["rows"]
        for one in [
            {"name": r["name"], "rows": manifest["mrc:record_counts"][r["name"]]} for r in manifest["resources"]
        ]
    }
    assert done.rows["df-persons"] == manifest["mrc:record_counts"]["df-persons"]


# -- Bytes


def test_the_same_centre_makes_the_same_archive_and_a_correction_replaces_it_whole(own: Store, tmp_path: Path) -> None:
    first, again = made(own, tmp_path / "a"), made(own, tmp_path / "b")
    assert unsealed(first.file) == unsealed(again.file) and first.sha256 != again.sha256
    assert (first.seq, again.seq, again.replaces) == (1, 1, "")
    with own.change(by=own.officer, do="test") as session:
        one = make_client(session, call_name="Late", on=DAY)
        counselling.record(session, client=one.uuid, on=DAY, officer=OFFICER)
    second = made(own, tmp_path / "c")
    assert second.seq == 2 and second.replaces == first.file.name.removesuffix(".age")
    manifest = json.loads(entries(unsealed(second.file))["datapackage.json"])
    assert manifest["mrc:sequence"] == 2 and manifest["mrc:replaces"].endswith("_2026-Q4_MIN_0001.zip")
    assert made(own, tmp_path / "d", period="2026-S2").seq == 3, "numbers run over all periods: a gap can be seen"
    with own.read() as session:
        assert [one.seq for one in ministry_exports.listed(session)] == [3, 2, 1]


def test_no_name_phone_passport_or_free_word_of_the_centre_is_anywhere_in_the_archive(
    own: Store, people: dict[str, str], tmp_path: Path
) -> None:
    export_made.agree(own)
    with own.change(by=own.officer, do="test") as session:
        agreements.keep_linkage_key(session, to="BOLSA", year=2026, key=SECRET, on=DAY, by=own.officer)
        export_made.ask_named(session, people["Wubalem"])
    words = set(_words(own))
    assert {"Wubalem", "Qwibbleson", "+251911550660", "EPQ778810", "Vrangelia", "Thimble", "Ato Figwort"} <= words
    for tier in Tier:
        done = made(own, tmp_path, tier)
        for name, content in entries(unsealed(done.file)).items():
            text = content.decode("utf-8", "ignore").casefold()
            assert not [word for word in words if word.casefold() in text], name
        assert not [word for word in words if word in done.file.name]


def _words(desk: Store) -> Iterator[str]:
    """Every word of hers the centre keeps, and its uuids."""
    with desk.plain() as connection:
        for kind in kinds().values():
            for column in kind.telling:
                for (text,) in connection.execute(f'SELECT "{column}" FROM "seen_{kind.name}"'):
                    if isinstance(text, str) and len(text) > 3 and text != "ET-AM":
                        yield text
        yield from (row[0] for row in connection.execute("SELECT uuid FROM client"))


def test_the_workbook_holds_text_as_text_and_no_formula(counts: dict[str, bytes]) -> None:
    sheets = [content for name, content in counts.items() if "xl/worksheets" in name]
    assert len(sheets) > 15 and not [one for one in sheets if b"<f>" in one or b"<hyperlink" in one]


# -- Columns nobody switched on


def test_every_sensitive_word_of_the_figures_is_covered_by_one_column_and_off_by_default() -> None:
    covered = [word for words in COVERS.values() for word in words]
    assert sorted(covered) == sorted(SENSITIVE), "a new sensitive word needs a column"
    assert {tier.value: asks.purpose.code for tier, asks in CONSENT.items()} == {
        "MIN": "P6",
        "CASE": "P6",
        "LINK": "P5",
    }
    assert [asks.agreement for asks in CONSENT.values()] == [False, True, True]


def test_status_and_violence_leave_only_when_an_agreement_switches_them_on_by_name(own: Store, tmp_path: Path) -> None:
    export_made.agree(own)
    files = entries(unsealed(made(own, tmp_path / "a", Tier.CASE).file))
    assert "status" not in table(files, "data/cases.csv")[0]
    assert "codes/CL_STATUS.csv" not in files
    assert {"E14", "T7"}.isdisjoint(row["code"] for row in table(files, "codes/CL_GCAT.csv"))
    told = [content for name, content in files.items() if "xl/" not in name]
    assert not re.search(rb"IRREGULAR|\bE14\b|DETENTION", b"".join(told))
    export_made.agree(own, Column.MIGRATION_STATUS, Column.VIOLENCE)
    files = entries(unsealed(made(own, tmp_path / "b", Tier.CASE).file))
    assert {row["status"] for row in table(files, "data/cases.csv")} == {"IRREGULAR", "REGULAR"}
    assert observed(files, "DF_GRIEVANCES", "GRIEVANCES_N", GCAT="E14") == "1"
    manifest = json.loads(files["datapackage.json"])
    assert manifest["mrc:columns"] == ["migration_status", "violence"]
    assert manifest["mrc:legal_basis"] == {"consent": "P6", "agreement": "MoU 7"}
    with own.plain() as connection:
        rows = connection.execute("SELECT body FROM journal WHERE body LIKE '%ministryagreement%'")
        logged = [json.loads(row[0]) for row in rows]
    told = [one for one in logged if "migration_status violence" in json.dumps(one)]
    assert [one["do"] for one in told] == ["ministry_agreements.agree"]


# -- Tiers


def test_a_tier_without_its_agreement_or_key_is_refused_and_so_is_anybody_unknown(own: Store, tmp_path: Path) -> None:
    for tier in (Tier.CASE, Tier.LINK):
        with pytest.raises(Invalid, match="needs an agreement"):
            made(own, tmp_path, tier)
    export_made.agree(own, ends_on=date(2026, 12, 1))
    with pytest.raises(Invalid, match="needs an agreement"):
        made(own, tmp_path, Tier.CASE)
    export_made.agree(own)
    with pytest.raises(Invalid, match="no linkage key"):
        made(own, tmp_path, Tier.LINK)
    with pytest.raises(Invalid, match="one ministry only"):
        made(own, tmp_path, Tier.CASE, to=(MINISTRY.recipient, OTHER.recipient))
    with pytest.raises(Invalid, match="Only counts"):
        made(own, tmp_path, Tier.CASE, plain=True)
    with pytest.raises(Invalid, match="for whom"):
        made(own, tmp_path, to=())
    with pytest.raises(Invalid):
        made(own, tmp_path, to=("Nobody",))
    assert not list(tmp_path.glob("*.age"))


def test_rows_about_people_are_made_by_a_supervisor_and_counts_by_a_data_officer(own: Store, tmp_path: Path) -> None:
    export_made.agree(own)
    with own.change(by=own.officer, do="test") as session:
        officers.add(session, name="Dawit", login="dawit", role=Role.DATA_OFFICER)
        officers.add(session, name="Abebe", login="abebe")
    with closing(Store(own.path, own.key, "dawit", "this computer")) as dawit:
        assert made(dawit, tmp_path).rows["df-persons"]
        with pytest.raises(NotAllowed):
            made(dawit, tmp_path, Tier.CASE)
    with closing(Store(own.path, own.key, "abebe", "this computer")) as abebe, pytest.raises(NotAllowed):
        made(abebe, tmp_path)


def test_a_column_leaves_only_where_everybody_who_can_open_the_file_agreed_on_it(own: Store, tmp_path: Path) -> None:
    export_made.trust(own, OTHER, "DoFE")
    export_made.agree(own, Column.VIOLENCE, Column.DEATH)
    for columns, left in (((), []), ((Column.DEATH,), ["death"])):
        export_made.agree(own, *columns, to="DoFE")
        done = made(own, tmp_path, to=("BOLSA", "DoFE"))
        assert unsealed(done.file) == unsealed(done.file, OTHER)
        assert json.loads(entries(unsealed(done.file))["datapackage.json"])["mrc:columns"] == left


def test_tokens_are_random_stay_the_same_for_one_ministry_and_are_new_for_another(own: Store, tmp_path: Path) -> None:
    export_made.trust(own, OTHER, "DoFE")
    export_made.agree(own)
    export_made.agree(own, to="DoFE")
    first = _tokens(own, tmp_path / "a")
    assert len(first) == 3 and all(re.fullmatch(r"C-[0-9A-HJKMNP-TV-Z]{12}", one) for one in first)
    assert _tokens(own, tmp_path / "b", period="2026") == first
    others = {
        row["case_token"]
        for row in table(
            entries(unsealed(made(own, tmp_path / "c", Tier.CASE, to=("DoFE",)).file, OTHER)), "data/cases.csv"
        )
    }
    assert others.isdisjoint(first)


def _tokens(own: Store, folder: Path, period: str = "2026-Q4") -> set[str]:
    files = entries(unsealed(made(own, folder, Tier.CASE, period).file))
    return {row["case_token"] for row in table(files, "data/cases.csv")}


def test_rows_hold_codes_months_and_amounts_and_what_left_is_kept_for_each_client(
    own: Store, people: dict[str, str], tmp_path: Path
) -> None:
    export_made.agree(own, centre_code="ETH-AA-01")
    done = made(own, tmp_path, Tier.CASE)
    assert re.fullmatch(r"mrc-export_ETH-AA-01_2026-Q4_CASE_\d{4}\.zip\.age", done.file.name)
    files = entries(unsealed(done.file))
    cases = table(files, "data/cases.csv")
    assert {row["origin_adm1"] for row in cases} == {"ET-AM", "_U"}, "a region typed in words does not leave"
    assert {(row["open_month"], row["destination"], row["sector"]) for row in cases} == {("2026-11", "SAU", "DOMESTIC")}
    assert table(files, "data/compensation.csv")[0] | {"grievance_token": ""} == {
        "grievance_token": "", "currency": "TND", "claimed": "450.000", "awarded": "", "paid": "120.500",
        "source": "_U",
    }  # fmt: skip
    paid = {
        (row["cost_total"], row["income_month1"], row["ratio_months"], row["skill"])
        for row in table(files, "data/recruitment_costs.csv")
    }
    assert paid == {("44000.00", "22000.00", "2.0000", "S1")}
    assert table(files, "data/grievances.csv")[0]["joint_id"] == ""
    with own.read() as session:
        left = ledgers.left(session, people["Wubalem"])
        assert [(one.part, one.partner_name) for one in left] == [("ministry-case", "BOLSA")]
        assert ledgers.left(session, people["refused"]) == []


def test_linkage_keys_leave_for_who_agreed_by_name_and_only_under_the_ministrys_secret(
    own: Store, people: dict[str, str], tmp_path: Path
) -> None:
    export_made.agree(own)
    with own.change(by=own.officer, do="test") as session:
        export_made.ask_named(session, people["Wubalem"])
        with pytest.raises(Invalid):
            agreements.keep_linkage_key(session, to="BOLSA", year=2026, key="short", on=DAY, by=own.officer)
        agreements.keep_linkage_key(session, to="BOLSA", year=2026, key=SECRET, on=DAY, by=own.officer)
    done = made(own, tmp_path, Tier.LINK)
    files = entries(unsealed(done.file))
    rows = table(files, "linkage/linkage_keys.csv")
    assert {row["key_type"] for row in rows} == set("PTABC") and len({row["linkage_id"] for row in rows}) == 1
    assert {row["key_version"] for row in rows} == {"2026"}
    assert done.withheld["no_named_consent"] == 3
    assert not [one for one in files if one.startswith(("indicators", "data/"))]
    hashes = {row["key_hmac"] for row in rows}
    with own.change(by=own.officer, do="test") as session:
        agreements.keep_linkage_key(session, to="BOLSA", year=2026, key="cd" * 32, on=DAY, by=own.officer)
    other = table(entries(unsealed(made(own, tmp_path, Tier.LINK).file)), "linkage/linkage_keys.csv")
    assert hashes.isdisjoint(row["key_hmac"] for row in other)


def test_a_case_that_began_in_another_centre_counts_there_and_both_call_it_by_one_id(
    own: Store, people: dict[str, str], tmp_path: Path
) -> None:
    from mrc_app.exchange.ministry_export_cases import joint_id

    export_made.agree(own)
    with own.change(by=own.officer, do="test") as session:
        session.add(ledgers.Origin(centre="c" * 32, record="d" * 32, local=people["case"], of_kind="grievance"))
    files = entries(unsealed(made(own, tmp_path, Tier.CASE).file))
    assert observed(files, "DF_GRIEVANCES", "GRIEVANCES_N") == "0"
    assert observed(files, "DF_GRIEVANCES", "GRIEVANCES_TAKEN_OVER_N") == "1"
    assert table(files, "data/grievances.csv")[0]["joint_id"] == joint_id(MINISTRY.recipient, "c" * 32, "d" * 32)


# -- Periods


@pytest.mark.parametrize(
    ("period", "file_code", "time", "local", "freq"),
    [
        ("et:2019-03", "et2019-03", "2026-11-10/P30D", "ET 2019-03", "M"),
        pytest.param("np:FY2083", "npFY2083", "2026-07-17/P365D", "NP FY2083/84", "A", marks=pytest.mark.long),
        pytest.param("2026-11", "2026-11", "2026-11", "2019-02-22/2019-03-21", "M", marks=pytest.mark.long),
    ],
)
def test_a_national_period_is_an_iso_range_inside_and_keeps_its_own_name(
    own: Store, tmp_path: Path, period: str, file_code: str, time: str, local: str, freq: str
) -> None:
    done = made(own, tmp_path, period=period)
    assert f"_{file_code}_MIN_" in done.file.name
    files = entries(unsealed(done.file))
    row = table(files, "indicators/DF_PERSONS.csv")[0]
    assert (row["TIME_PERIOD"], row["LOCAL_PERIOD"], row["FREQ"]) == (time, local, freq)
    assert ("dhis2/dataValueSets.json" in files) == (":" not in period), "DHIS2 has no name for a national period"
    with pytest.raises(Invalid):
        made(own, tmp_path, period="et:2019-14")


# -- DHIS2


def test_adx_and_json_hold_the_same_leaf_cells_with_codes_and_no_total_or_middle(counts: dict[str, bytes]) -> None:
    space = "{urn:ihe:qrph:adx:2015}"
    root = xml.fromstring(counts["dhis2/adx.xml"])
    assert root.tag == f"{space}adx" and root.get("exported", "").endswith("Z")
    cells = set()
    for group in root:
        assert set(group.keys()) == {"orgUnit", "period", "dataSet"}
        assert re.fullmatch(r"\d{4}-\d{2}-\d{2}/P\d+D", group.get("period", ""))
        for value in group:
            attributes = dict(value.items())
            element, number = attributes.pop("dataElement"), attributes.pop("value")
            assert all(re.fullmatch(r"MRC_[A-Z_0-9]+", name) for name in (element, *attributes))
            assert "_T" not in attributes.values() and not re.search("MEDIAN|MEAN|RATIO", element)
            combo = ".".join(attributes.values())
            assert len(combo) <= 50 and (element, combo) not in cells
            cells.add((element, combo))
            assert float(number) >= 0
    said = json.loads(counts["dhis2/dataValueSets.json"])
    assert said["idScheme"] == "CODE" and "dataSet" not in said
    assert {(one["dataElement"], one["categoryOptionCombo"]) for one in said["dataValues"]} == cells
    assert {one["period"] for one in said["dataValues"]} == {"2026Q4"}


# -- The file, the signature, the paper, the answer


def test_the_file_is_sealed_signed_and_goes_with_a_slip_of_count_and_checksum(own: Store, tmp_path: Path) -> None:
    from hashlib import sha256

    import pyrage
    from pypdf import PdfReader

    from mrc_app.exchange import desk_keys

    done = made(own, tmp_path)
    assert done.sha256 == sha256(done.file.read_bytes()).hexdigest()
    assert minisigs.verify(done.file, desk_keys.own(own).verify_key) == f"mrc export {done.file.name}"
    with pytest.raises(pyrage.DecryptError):
        unsealed(done.file, OTHER)
    text = "".join(PdfReader(done.slip).pages[0].extract_text().split())
    assert done.sha256 in text and str(sum(done.rows.values())) in text and len(PdfReader(done.slip).pages) == 1
    with pytest.raises(MrcError, match="cannot be written"):
        made(own, done.file)


def test_an_unsealed_export_holds_counts_and_goes_to_nobody_by_key(own: Store, tmp_path: Path) -> None:
    done = made(own, tmp_path, to=(), plain=True)
    assert done.file.suffix == ".zip" and json.loads(entries(unsealed(done.file))["datapackage.json"])["mrc:to"] == []


def test_what_the_ministry_answers_stands_beside_the_export_and_once_accepted_stays_accepted(
    own: Store, tmp_path: Path
) -> None:
    from mrc_app.exchange import arriving, desk_keys, parcel_files

    done = made(own, tmp_path)

    def answered(no: int, accepted: bool, export: str = done.zip_sha256, by: desk_keys.Own = MINISTRY) -> Path:
        more = {"export": export, "accepted": accepted, "outcome": "accepted" if accepted else "refused"}
        to = (desk_keys.own(own).recipient,)
        header = parcel_files.Header("acknowledgement", f"{no:032x}", no, "", to, more=more, made_at="", schema="1")
        lines = [{"told": "Odd."}, {"file": "DF_X", "row": 3, "column": "SEX", "reason": "odd"}]
        parcel_files.write(tmp_path / f"{no}.parcel", header, lambda: iter(lines), by)
        return tmp_path / f"{no}.parcel"

    with pytest.raises(MrcError, match="not made here"):
        arriving.arrive(own, answered(1, True, "0" * 64), today=TODAY)
    refused = arriving.arrive(own, answered(2, False), today=TODAY)
    assert refused.new == 1 and refused.told["told"] == ["Odd.", "DF_X:3:SEX: odd"]
    assert arriving.arrive(own, answered(3, True), today=TODAY).new == 1
    assert arriving.arrive(own, answered(4, False), today=TODAY).same == 1
    with own.read() as session:
        kept = ministry_exports.told_of(ministry_exports.listed(session)[0])
    assert kept["accepted"] is True and kept["acknowledged_on"] == TODAY.isoformat()
    assert [one.state for one in ledgers.parcels(own) if one.kind == "export"] == ["acknowledged"]
    export_made.trust(own, OTHER, "DoFE")
    with pytest.raises(MrcError, match="somebody else"):
        arriving.arrive(own, answered(5, True, by=OTHER), today=TODAY)


def test_an_agreement_says_what_is_wrong_with_it(own: Store) -> None:
    with pytest.raises(Invalid) as wrong:
        export_made.agree(own, reference=" ", ends_on=date(2026, 1, 1), centre_code="a b")
    assert set(wrong.value.problems) == {"reference", "ends_on", "centre_code"}


def test_the_command_answers_with_file_count_checksum_and_reasons_and_refuses_in_one_sentence(
    own: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from typer.testing import CliRunner

    from mrc_app.cli import app
    from tests.make import PASSWORD

    export_made.trust(own)
    own.close()
    monkeypatch.setenv("MRC_PASSWORD", PASSWORD)

    def run(*words: str) -> Any:
        common = ("--centre", str(own.path), "--user", "meseret", "--today", TODAY.isoformat())
        return CliRunner().invoke(app, [*words[:1], *common, *words[1:]])

    out = ("--period", "2026-Q4", "--out", str(tmp_path / "out"))
    done = run("export", *out, "--plain", "--json")
    said = json.loads(done.stdout)
    assert {"file", "sha256", "rows", "withheld"} <= said.keys() and "not sealed" in done.stderr
    assert run("export", *out, "--tier", "CASE", "--to", "BOLSA").exception is not None
    agreed = ("agreement", "--to", "BOLSA", "--reference", "MoU 7", "--signed", "2026-11-01")
    key = tmp_path / "key"
    key.write_text(SECRET)
    done = run(*agreed, "--tier", "CASE", "--column", "violence", "--linkage-key", str(key), "--json")
    assert json.loads(done.stdout)["columns"] == ["violence"]
    done = run("export", *out, "--tier", "CASE", "--to", "BOLSA")
    assert "withheld: no_statistics_consent: 1" in done.stdout and ".slip.pdf" in done.stdout
