"""Money: whole minor units, each currency's own decimals, and no sum of two currencies."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mrc_app.errors import Invalid, MrcError
from mrc_app.money import Money, decimals, written


@pytest.mark.parametrize(
    ("currency", "places"), [("XOF", 0), ("KRW", 0), ("VND", 0), ("SAR", 2), ("ETB", 2), ("TND", 3), ("JOD", 3)]
)
def test_a_currency_has_its_own_decimals(currency: str, places: int) -> None:
    assert decimals(currency) == places


@pytest.mark.parametrize(
    ("typed", "currency", "minor"),
    [
        ("329.500", "TND", 329500),
        ("18.75", "TND", 18750),
        ("1 150 000", "XOF", 1150000),
        ("1\u202f234,50", "EUR", 123450),
        ("1,234.50", "USD", 123450),
        ("1.234,50", "EUR", 123450),
        ("12,34,567", "NPR", 123456700),
        ("1,5", "EUR", 150),
        ("1,234", "USD", 123400),
        ("١٢٣٫٥", "SAR", 12350),
        ("-5", "HKD", -500),
        (14564, "HKD", 1456400),
        (Decimal("25.47"), "NZD", 2547),
    ],
)
def test_an_amount_is_read_as_people_type_it(typed: str | int | Decimal, currency: str, minor: int) -> None:
    assert Money.of(typed, currency) == Money(minor, currency)


@pytest.mark.parametrize(
    ("typed", "currency", "sentence"),
    [
        ("1.5", "XOF", "XOF has 0 decimals"),
        ("1.2345", "TND", "TND has 3 decimals"),
        ("1.234", "EUR", "EUR has 2 decimals"),
        ("18,750", "TND", "can be read in two ways"),
        ("1,23,4.5,6", "EUR", "can be read in two ways"),
        ("", "EUR", "is not an amount"),
        ("NaN", "EUR", "is not an amount"),
        ("Infinity", "EUR", "is not an amount"),
        ("1e5", "EUR", "is not an amount"),
        ("1_000", "EUR", "is not an amount"),
        ("ten", "EUR", "is not an amount"),
        ("9" * 20, "EUR", "is not an amount"),
        ("1", "XXQ", "There is no currency “XXQ”"),
        ("1", "", "There is no currency"),
    ],
)
def test_what_is_no_clear_amount_is_refused_in_one_sentence(typed: str, currency: str, sentence: str) -> None:
    with pytest.raises(Invalid, match=sentence):
        Money.of(typed, currency)


def test_two_currencies_are_never_added_taken_away_or_compared() -> None:
    riyal, birr = Money.of(1, "SAR"), Money.of(1, "ETB")
    for attempt in (lambda: riyal + birr, lambda: riyal - birr, lambda: riyal < birr, lambda: riyal <= birr):
        with pytest.raises(MrcError, match="SAR and ETB are two currencies"):
            attempt()


def test_the_sums_of_a_wage_claim_are_exact() -> None:
    parts = [Money.of(amount, "HKD") for amount in (5100, 5100, 2800, 204, 1360)]
    assert sum(parts[1:], parts[0]) == Money.of(14564, "HKD")
    assert Money.of("18.750", "TND") * 24 - Money.of("120.500", "TND") == Money.of("329.500", "TND")


def test_a_share_is_rounded_half_up() -> None:
    assert Money(625, "EUR").share(Decimal("0.1")) == Money(63, "EUR")
    assert Money(5, "XOF").share(Decimal("0.5")) == Money(3, "XOF")


@given(st.integers(-(10**14), 10**14), st.sampled_from(["XOF", "EUR", "TND", "NPR"]))
def test_an_amount_comes_back_from_its_minor_units(minor: int, currency: str) -> None:
    money = Money(minor, currency)
    assert Money.of(money.amount, currency) == money
    assert Money.of(str(money.amount), currency) == money


@pytest.mark.parametrize(
    ("typed", "currency", "language", "text"),
    [
        ("1150000", "XOF", "fr", "XOF\u00a01\u00a0150\u00a0000"),
        ("1234567.5", "HKD", "en", "HKD\u00a01,234,567.50"),
        ("329.5", "TND", "ar", "TND\u00a0329.500"),
        ("1234567", "NPR", "ne", "NPR\u00a012,34,567.00"),
        ("1150000", "XOF", "snk", "XOF\u00a01\u00a0150\u00a0000"),
        ("-5", "SAR", "fa", "SAR\u00a0-5.00"),
    ],
)
def test_an_amount_is_written_for_its_reader(typed: str, currency: str, language: str, text: str) -> None:
    assert written(Money.of(typed, currency), language) == text


def test_no_language_writes_invisible_marks_or_other_digits_into_an_amount() -> None:
    from mrc_app.i18n import languages

    for code in languages():
        text = written(Money.of("-1234567.25", "SAR"), code)
        assert text.startswith("SAR\u00a0") and not set(text) & set("\u200e\u200f\u061c\u202f"), code
        assert "".join(sign for sign in text if sign.isdecimal()) == "123456725", code
