"""Unicode's own conformance files for UAX #9, and what readers of a phone number rely on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from mrc_app.i18n import ltr
from mrc_app.typesetting import bidi

UNICODE = Path("/usr/share/unicode")
RECORDED = Path(__file__).parent / "data"
WHOLE = (UNICODE / "BidiTest.txt").is_file()
BASES = {1: None, 2: 0, 4: 1}


def conformance(name: str) -> Iterator[str]:
    """The lines of a conformance file: the machine's whole one, else the recorded sample."""
    path = UNICODE / name if WHOLE else RECORDED / name
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip() and not line.startswith("#"):
                yield line.strip()


def numbers(text: str) -> list[int]:
    return [bidi.REMOVED if part == "x" else int(part) for part in text.split()]


def shown(levels: list[int]) -> list[int]:
    kept = [i for i, level in enumerate(levels) if level != bidi.REMOVED]
    return [kept[i] for i in bidi.visual_order([levels[i] for i in kept])]


def check_characters(step: int) -> int:
    count = 0
    for number, line in enumerate(conformance("BidiCharacterTest.txt")):
        if WHOLE and number % step:
            continue
        points, direction, base, levels, order = line.split(";")
        text = "".join(chr(int(point, 16)) for point in points.split())
        asked = {"0": 0, "1": 1, "2": None}[direction]
        got = bidi.raw_levels(text, asked)
        assert got == numbers(levels), line
        assert shown(got) == numbers(order), line
        if asked is None:
            assert (bidi.base_level([bidi.bidi_class(char) for char in text]) or 0) == int(base), line
        count += 1
    return count


def test_every_seventh_case_of_the_character_file_comes_out_right() -> None:
    assert check_characters(7) > (13_000 if WHOLE else 300)


@pytest.mark.long
def test_every_case_of_the_character_file_comes_out_right() -> None:
    if not WHOLE:
        pytest.skip("BidiCharacterTest.txt is not on this machine: apt-get install unicode-data")
    assert check_characters(1) > 90_000


def class_cases(step: int) -> Iterator[tuple[list[str], int, list[int], list[int]]]:
    levels: list[int] = []
    order: list[int] = []
    for number, line in enumerate(conformance("BidiTest.txt")):
        if line.startswith("@Levels"):
            levels = numbers(line.split(":")[1])
        elif line.startswith("@Reorder"):
            order = numbers(line.split(":")[1])
        elif number % step == 0 or not WHOLE:
            classes, bits = line.split(";")
            yield classes.split(), int(bits), levels, order


def check_classes(step: int) -> int:
    count = 0
    for classes, bits, levels, order in class_cases(step):
        for bit, base in BASES.items():
            if bits & bit:
                got = bidi.class_levels(classes, base)
                assert got == levels, (classes, base)
                assert shown(got) == order, (classes, base)
                count += 1
    return count


def test_every_twenty_fifth_case_of_the_class_file_comes_out_right() -> None:
    assert check_classes(25) > (30_000 if WHOLE else 300)


@pytest.mark.long
def test_every_case_of_the_class_file_comes_out_right() -> None:
    if not WHOLE:
        pytest.skip("BidiTest.txt is not on this machine: apt-get install unicode-data")
    assert check_classes(1) == 770_241


def visual(text: str, base: int) -> str:
    line = "".join(text[i] for i in bidi.visual_order(bidi.levels(text, base)))
    return "".join(char for char in line if char not in "\u2066\u2067\u2068\u2069")


def test_an_isolated_phone_number_keeps_its_order_in_an_arabic_line() -> None:
    phone = "+966 11 111 2222"
    line = visual(f"اتصلي على {ltr(phone)} الآن", 1)
    assert phone.replace(" ", "\u00a0") in line


def test_a_phone_number_that_is_not_isolated_is_turned_round_as_the_standard_says() -> None:
    assert "+93 20 210" not in visual("اتصل +93 20 210 الآن", 1)


def test_brackets_in_an_arabic_line_follow_its_direction() -> None:
    levels = bidi.levels("عقد (copy) هنا", 1)
    assert levels[4] == levels[9] == 1
