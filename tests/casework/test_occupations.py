"""Occupations: found by code and by words; levels agree with the groups; what nobody checked says so."""

from __future__ import annotations

from mrc_app.casework import fields, occupations, skills


def test_an_occupation_is_found_by_code_and_by_words_in_any_order() -> None:
    assert [one.title for one in occupations.look_up("7212")] == ["Welders and flame cutters"]
    assert [one.code for one in occupations.look_up("helpers domestic")] == ["9111"]
    assert {one.code[:3] for one in occupations.look_up("622")} == {"622"}
    assert occupations.look_up(" ") == []
    assert occupations.look_up("astronaut") == []


def test_every_code_stands_once_with_the_level_of_its_group() -> None:
    codes = [one.code for one in occupations.listed()]
    assert codes == sorted(set(codes))
    for one in occupations.listed():
        assert fields.isco("isco", one.code) == one.code and len(one.code) == 4
        assert one.level == skills.LEVELS[one.code[0]]


def test_what_was_only_reported_is_marked() -> None:
    welder, cleaner = occupations.of_code("7212"), occupations.of_code("9111")
    assert welder is not None and welder.reported
    assert cleaner is not None and not cleaner.reported
    assert occupations.of_code("0310") is None
