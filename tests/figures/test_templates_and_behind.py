"""An office's own form filled without harm, and the list behind a figure for those who may read names."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from mrc_app import cli
from mrc_app.casework import counselling, events
from mrc_app.errors import CannotRead, Invalid, MrcError, NotAllowed
from mrc_app.figures import behind, reports, templates, templates_filling
from mrc_app.figures.tiers import Tier
from mrc_app.store import officers, restrictions
from mrc_app.store.centre import Store
from mrc_app.store.roles import Role
from tests.figures.test_stories_2_and_8 import value
from tests.make import LOGIN, OFFICER, PASSWORD, make_client, make_store

DAY = date(2026, 5, 4)
CELLS = {
    "Monthly!B3": "A2", "Monthly!C3": "A2 sex=female", "Monthly!B4": "A5", "Monthly!B1": "period",
    "Second sheet!D9": "A3 sex=male", "Monthly!B6": "C5 paid USD",
}  # fmt: skip


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Three women and a man who came in May; one more woman is restricted to this officer."""
    store = make_store(tmp_path_factory.mktemp("forms"))
    with store.change(by=store.officer, do="test") as session:
        officers.add(session, name="Dawit", login="dawit", role=Role.DATA_OFFICER)
        for number in range(5):
            one = make_client(session, call_name=f"Guest {number}", sex="male" if number == 3 else "female", on=DAY)
            counselling.record(session, client=one.uuid, on=DAY, officer=OFFICER)
        restrictions.restrict(session, client=one.uuid, officers=[store.officer], since="2026-05-04T00:00:00Z")
    yield store
    store.close()


def form(folder: Path) -> Path:
    """A ministry's form: a title in bold, a total by formula, a chart, and a note on a second sheet."""
    path = folder / "form.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet, other = book.add_worksheet("Monthly"), book.add_worksheet("Second sheet")
        shaded = book.add_format({"bold": True, "bg_color": "#FFEEAA", "num_format": "0.0"})
        sheet.write("A1", "Ministry of Labour", shaded)
        sheet.write_number("B3", 0, shaded)
        sheet.write_formula("B5", "=B3+C3", shaded, 99)
        sheet.data_validation("B8", {"validate": "list", "source": ["a", "b"]})
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "=Monthly!$B$3:$C$3"})
        sheet.insert_chart("E2", chart)
        other.write("A1", "kept as it is")
    return path


def test_a_mapped_form_is_filled_and_everything_else_stays_to_the_byte(desk: Store, tmp_path: Path) -> None:
    path = form(tmp_path)
    made = reports.make(desk, "2026-05", Tier.INTERNAL, DAY)
    content, missing = templates.fill(path, templates.checked(CELLS), made)
    assert missing == ["Monthly!B6"]
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    rows = book.get_sheet_by_name("Monthly").to_python(skip_empty_area=False)
    assert (rows[0][0], rows[0][1], rows[2][1], rows[2][2]) == ("Ministry of Labour", "2026-05", 5.0, 4.0)
    assert book.get_sheet_by_name("Second sheet").to_python(skip_empty_area=False)[8][3] == 1.0
    before, after = zipfile.ZipFile(path), zipfile.ZipFile(io.BytesIO(content))
    assert before.namelist() == after.namelist()
    touched = {name for name in before.namelist() if before.read(name) != after.read(name)}
    assert touched == {"xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"}
    sheet = after.read("xl/worksheets/sheet1.xml")
    assert b"<f>B3+C3</f>" in sheet and b"<v>99</v>" not in sheet, "a total of before is not left standing"
    assert b'r="B3" s="1"' in sheet and b"dataValidation" in sheet and b"<drawing" in sheet


def test_a_later_period_fills_the_same_form_and_leaves_no_figure_of_before(desk: Store, tmp_path: Path) -> None:
    path = form(tmp_path)
    cells = templates.checked({"Monthly!B6": "A5", "Monthly!B3": "A2"})
    first, _ = templates.fill(path, cells, reports.make(desk, "2026-05", Tier.INTERNAL, DAY))
    path.write_bytes(first)
    second, missing = templates.fill(path, cells, reports.make(desk, "2026-06", Tier.INTERNAL, DAY))
    rows = CalamineWorkbook.from_filelike(io.BytesIO(second)).get_sheet_by_name("Monthly").to_python()
    assert missing == ["Monthly!B6"] and rows[2][1] == 0.0


def test_a_form_that_could_harm_is_refused(tmp_path: Path) -> None:
    path = form(tmp_path)
    with pytest.raises(CannotRead, match="formula"):
        templates.looked_at(path, {"Monthly!B5": "A2"})
    with pytest.raises(CannotRead, match="no sheet"):
        templates.looked_at(path, {"Third!B5": "A2"})
    parts = templates_filling.parts(path)
    for name, content, said in (
        ("xl/vbaProject.bin", b"x", "macros"),
        ("xl/bomb.bin", bytes(templates_filling.MOST_BYTES), "too large"),
        ("xl/worksheets/sheet1.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "not a workbook"),
        ("xl/worksheets/sheet1.xml", b"<a>", "damaged"),
    ):
        evil = tmp_path / "evil.xlsx"
        with zipfile.ZipFile(evil, "w", zipfile.ZIP_DEFLATED) as packed:
            for part, kept in (parts | {name: content}).items():
                packed.writestr(part, kept)
        with pytest.raises(CannotRead, match=said):
            templates.looked_at(evil, {"Monthly!B3": "A2"})
    (tmp_path / "text.xlsx").write_text("hello")
    with pytest.raises(CannotRead, match="damaged"):
        templates_filling.parts(tmp_path / "text.xlsx")


@pytest.mark.parametrize("cells", [{}, {"B3": "A2"}, {"Monthly!B3": "Z9"}, {"Monthly!B3": "A2 shoe=large"}])
def test_a_mapping_that_says_nothing_is_refused(cells: dict[str, str]) -> None:
    with pytest.raises(Invalid):
        templates.checked(cells)


def test_mrc_report_template_maps_once_and_fills(
    desk: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MRC_PASSWORD", PASSWORD)
    path, mapping = form(tmp_path), tmp_path / "map.toml"
    mapping.write_text("[cells]\n" + "".join(f'"{cell}" = "{what}"\n' for cell, what in CELLS.items()), "utf-8")
    at = ["--centre", str(desk.path), "--user", LOGIN, "--json"]
    assert (
        cli.run(["report-template", "map", *at, "--name", "MoL", "--mapping", str(mapping), "--form", str(path)]) == 0
    )
    capsys.readouterr()
    assert cli.run(["report-template", "list", *at]) == 0
    assert json.loads(capsys.readouterr().out)["forms"] == {"MoL": CELLS}
    out = tmp_path / "filled.xlsx"
    asked = ["--name", "MoL", "--form", str(path), "--period", "2026-05", "--today", "2026-06-01", "--out", str(out)]
    assert cli.run(["report-template", "fill", *at, *asked]) == 0 and out.exists()
    assert cli.run(["report-template", "fill", *at, *asked, "--frozen"]) == 1
    assert cli.run(["report-template", "forget", *at, "--name", "MoL"]) == 0
    assert cli.run(["report-template", "forget", *at, "--name", "MoL"]) == 1
    assert cli.run(["report-template", "draw", *at]) == 1
    with desk.read() as session, pytest.raises(MrcError):
        templates.of_name(session, "MoL")


def test_targets_and_money_go_into_cells_and_what_is_hidden_is_a_star() -> None:
    document = {
        "figures": [
            {
                "code": "C5",
                "part": "paid",
                "currency": "USD",
                "value": "90000",
                "unit": "money",
                "hidden": False,
                "n": 2,
            },
            {"code": "A5", "part": "", "currency": "", "value": "", "unit": "percent", "hidden": True, "n": None},
        ],
        "tables": [{"name": "A1", "dimensions": [{"id": "sex"}], "rows": [["female", None], ["_T", 9]]}],
        "targets": [{"indicator": "C2", "sex": "", "event": "", "number": 60, "percent": 113}],
    }
    told = [templates.value(document, one) for one in ("C5 paid USD", "C5 paid USD n", "A5", "A1 sex=female")]
    assert told == [Decimal("900.00"), 2, "*", "*"]
    assert [templates.value(document, one) for one in ("target C2", "attainment C2", "target A1")] == [60, 113, None]


def test_the_list_behind_a_figure_has_as_many_lines_and_no_restricted_client(desk: Store) -> None:
    made = reports.make(desk, "2026-05", Tier.INTERNAL, DAY)
    found = behind.behind(desk, "2026-05", "A2", today=DAY)
    assert len(found.lines) + found.restricted == int(value(made, "A2")) == 5
    assert found.restricted == 1 and "Guest 4" not in [line.name for line in found.lines]
    women = behind.behind(desk, "2026-05", "A2", by={"sex": "female", "age": "_T"}, today=DAY)
    assert [line.name for line in women.lines] == ["Guest 0", "Guest 1", "Guest 2"]
    contacts = behind.behind(desk, "2026-05", "A3", today=DAY)
    assert {(line.kind, line.on) for line in contacts.lines} == {("contact", "2026-05-04")}
    assert not behind.behind(desk, "2026-05", "AU", today=DAY).known


def test_a_role_without_names_gets_no_list(desk: Store) -> None:
    dawit = Store(desk.path, desk.key, "dawit", "this computer")
    with pytest.raises(NotAllowed):
        behind.behind(dawit, "2026-05", "A2", today=DAY)
    dawit.close()


def test_events_and_visits_without_a_name_stand_behind_their_figures_and_name_nobody(desk: Store) -> None:
    on = date(2026, 3, 10)
    with desk.change(by=desk.officer, do="test") as session:
        events.record(session, by=OFFICER, today=on, on=on, place="Zembaba hall", people=5, sex={"female": 5},
                      type="school", audience=400)  # fmt: skip
        counselling.tally(session, on=on, officer=OFFICER)
    for code, part in (("A4", ""), ("EV", ""), ("EV", "school"), ("AU", "")):
        (line,) = behind.behind(desk, "2026-03", code, part, today=on).lines
        assert (line.client, line.name, line.kind, line.on) == ("", "Zembaba hall", "event", "2026-03-10")
    (visit,) = behind.behind(desk, "2026-03", "AV", today=on).lines
    assert (visit.client, visit.name, visit.kind) == ("", "", "tally")
