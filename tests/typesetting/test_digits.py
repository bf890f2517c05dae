"""A language's own digits: in what is read as a number, never in what is dialled, paid or copied from a paper."""

from __future__ import annotations

import pypdfium2
import pytest

from mrc_app.i18n import isolate, languages, ltr
from mrc_app.typesetting import blocks as b
from mrc_app.typesetting.compose import compose
from mrc_app.typesetting.digits import ZEROS, has_own, national
from mrc_app.typesetting.fonts import face, primary


@pytest.mark.parametrize(
    ("lang", "shown"),
    [("ne", "७२ घण्टा"), ("ar", "٧٢ घण्टा"), ("fa", "۷۲ घण्टा"), ("my", "၇၂ घण्टा"), ("en", "72 घण्टा"), ("ta", "72 घण्टा")],
)
def test_numbers_in_running_text_take_the_digits_of_the_language(lang: str, shown: str) -> None:
    assert national("72 घण्टा", lang) == shown


@pytest.mark.parametrize(
    "kept", [ltr("+977 1 4107288"), ltr("SAR 1,000.00"), ltr("https://x.org/72"), "COVID-19", "E12"]
)
def test_phones_money_addresses_and_latin_names_keep_theirs(kept: str) -> None:
    assert national(f"72 {kept} 5", "ne") == f"७२ {kept} ५"


def test_a_name_with_latin_letters_keeps_its_digits_and_a_date_does_not() -> None:
    assert national(f"{isolate('Ward 5 office')} {isolate('5 मार्च 2026')}", "ne") == (
        f"{isolate('Ward 5 office')} {isolate('५ मार्च २०२६')}"
    )


@pytest.mark.parametrize("lang", ZEROS)
def test_every_digit_is_in_the_face_that_sets_the_language(lang: str) -> None:
    assert lang in languages() and has_own(lang)
    shown = national("0123456789", lang)
    assert [int(char) for char in shown] == list(range(10)) and shown != "0123456789"
    assert set(shown) <= face(primary(lang)).characters | face("NotoSans").characters


def test_a_book_has_its_own_digits_on_every_line_and_page_only_where_it_is_asked_for() -> None:
    blocks: list[b.Block] = [b.Line("1. 72 घण्टा", bullet=True), b.Line(ltr("+977 1 4107288")), b.Table([["1", "दुई"]])]
    shown = []
    for own in (False, True):
        done = compose(blocks, language="ne", title="x", own_digits=own)
        document = pypdfium2.PdfDocument(done.pdf)
        shown.append(document[0].get_textpage().get_text_bounded())
        document.close()
    assert "72" in shown[0] and "1 / 1" in shown[0]
    assert "७२" in shown[1] and "१ / १" in shown[1] and "4107288" in shown[1]
