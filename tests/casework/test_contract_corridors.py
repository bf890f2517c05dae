"""Jordan or Saudi? Two corridors beside each other, nothing ranked, nothing converted, gaps said."""

from __future__ import annotations

from datetime import date

from mrc_app.casework.contract_corridors import ALWAYS, Group, compare
from mrc_app.corridors import catalogue

TODAY = date(2026, 11, 21)


def test_jordan_and_saudi_arabia_beside_each_other() -> None:
    found = compare([catalogue.corridor("ET-JO"), catalogue.corridor("ET-SA")], today=TODAY)
    lines = {line.key: line for line in found.lines}
    assert [str(entry.shown) for entry in lines["wage.minimum"].entries[0]] == ["USD 275 per month, net"]
    assert lines["wage.minimum"].known == (True, False)
    assert lines["hours.weekly_max"].known == (True, False) and lines["hours.daily_max"].known == (True, True)
    assert "wage.minimum" in found.not_known[1] and "hours.weekly_max" in found.not_known[1]
    assert "probation.max" in found.not_known[0]
    assert [line.group for line in found.lines] == sorted(
        (line.group for line in found.lines), key=list(Group).index
    ) and found.sector == "domestic"
    document = found.document()
    wage = next(line for line in document["lines"] if line["key"] == "wage.minimum")
    assert wage["ET-SA"][0]["confidence"] == "low" and wage["ET-SA"][0]["cannot_tell"]
    assert wage["ET-JO"][0]["may_be_overtaken"] and wage["ET-JO"][0]["source"]
    assert [one["id"] for one in document["corridors"]] == ["ET-JO", "ET-SA"]
    limits = [line for line in document["lines"] if line["group"] == "time_limits"]
    assert any(entry["claim"] for line in limits for entry in line["ET-SA"])


def test_a_corridor_without_a_file_is_unknown_in_every_line() -> None:
    found = compare([catalogue.corridor("ET-SA"), catalogue.corridor("ET-KW")], sector="construction", today=TODAY)
    assert set(ALWAYS) <= set(found.not_known[1]) and not any(any(line.entries[1]) for line in found.lines)
    assert found.document()["corridors"][1]["known"] is False
