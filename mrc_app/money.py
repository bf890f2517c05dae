"""Money: whole minor units and a currency. Two currencies are never added.

The number of decimals is the currency's own (CLDR: 0 for XOF and VND, 3 for TND, KWD and JOD), never just two.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from mrc_app.errors import Invalid, MrcError, Problem
from mrc_app.i18n import N_


@lru_cache(maxsize=256)
def decimals(currency: str) -> int:
    """How many decimals a currency has. Raises Invalid when there is no such currency."""
    from babel.numbers import get_currency_precision, is_currency

    if not is_currency(currency):
        raise Invalid(currency=Problem(N_("There is no currency “{currency}”."), {"currency": currency}))
    return get_currency_precision(currency)


@dataclass(frozen=True, order=False)
class Money:
    """An amount in minor units (cents, millimes, francs) of one currency (ISO 4217)."""

    minor: int
    currency: str

    @classmethod
    def of(cls, amount: str | int | Decimal, currency: str) -> Money:
        """From a typed amount: 1234.5, 1 234,50, 1,234.50 or 1.234,50.

        Raises Invalid for no number, a comma that could mean either, or more decimals than the currency has.
        """
        places = decimals(currency)
        value = typed(amount, places) if isinstance(amount, str) else Decimal(amount)
        if value.is_nan() and "," in str(amount):
            raise Invalid(
                amount=Problem(
                    N_("“{amount}” can be read in two ways: write no commas, and a point before the decimals."),
                    {"amount": amount},
                )
            )
        if not value.is_finite() or abs(value) >= Decimal(10) ** 15:
            raise Invalid(amount=Problem(N_("“{amount}” is not an amount of money."), {"amount": amount}))
        minor = value.scaleb(places)
        if minor != minor.to_integral_value():
            raise Invalid(
                amount=Problem(
                    N_("{currency} has {places} decimals; “{amount}” has more."),
                    {"currency": currency, "places": places, "amount": amount},
                )
            )
        return cls(int(minor), currency)

    @property
    def amount(self) -> Decimal:
        """The amount in the currency's main unit, with exactly its decimals."""
        return Decimal(self.minor).scaleb(-decimals(self.currency))

    def __add__(self, other: Money) -> Money:
        self._same(other)
        return Money(self.minor + other.minor, self.currency)

    def __sub__(self, other: Money) -> Money:
        self._same(other)
        return Money(self.minor - other.minor, self.currency)

    def __mul__(self, times: int) -> Money:
        return Money(self.minor * times, self.currency)

    def __lt__(self, other: Money) -> bool:
        self._same(other)
        return self.minor < other.minor

    def __le__(self, other: Money) -> bool:
        self._same(other)
        return self.minor <= other.minor

    def share(self, part: Decimal) -> Money:
        """A part of this amount, rounded half up to the minor unit."""
        return Money(int((self.minor * part).to_integral_value(ROUND_HALF_UP)), self.currency)

    def __str__(self) -> str:
        return f"{self.currency} {self.amount:,}"

    def _same(self, other: Money) -> None:
        if self.currency != other.currency:
            raise MrcError(
                N_("{one} and {other} are two currencies and are never added or compared."),
                one=self.currency,
                other=other.currency,
            )


_SPACES = re.compile("[\\s\u00a0\u202f\u2009'’\u066c\u200e\u200f]")
_PLAIN = re.compile(r"-?\d+(\.\d+)?")
_COMMA_THOUSANDS = re.compile(r"-?\d{1,3}(,\d{3})+(\.\d+)?")
_INDIAN_THOUSANDS = re.compile(r"-?\d{1,2}(,\d{2})*,\d{3}(\.\d+)?")
_COMMA_DECIMALS = re.compile(r"-?(\d+|\d{1,3}(\.\d{3})+),\d+")


def typed(text: str, places: int) -> Decimal:
    """A number as people type it, in any digits. Not a number (NaN) when it is none, or when a comma is unclear:
    "1,234" could be 1.234 in a currency with three decimals."""
    bare = _SPACES.sub("", text).replace("\u066b", ".")
    if _PLAIN.fullmatch(bare):
        return Decimal(bare)
    unclear = places == 3 and bare.count(",") == 1 and "." not in bare and len(bare.partition(",")[2]) == 3
    if not unclear and (_COMMA_THOUSANDS.fullmatch(bare) or _INDIAN_THOUSANDS.fullmatch(bare)):
        return Decimal(bare.replace(",", ""))
    if not unclear and _COMMA_DECIMALS.fullmatch(bare):
        return Decimal(bare.replace(".", "").replace(",", "."))
    return Decimal("NaN")


def written(money: Money, language: str) -> str:
    """The amount as a reader of ``language`` writes it, with the currency's code and no invisible marks."""
    from babel import Locale
    from babel.numbers import parse_pattern

    from mrc_app.i18n import babel_locale

    locale = Locale.parse(babel_locale(language))
    places = decimals(money.currency)
    pattern = parse_pattern(locale.decimal_formats[None].pattern)
    pattern.frac_prec = (places, places)
    number = pattern.apply(money.amount, locale, numbering_system="latn")
    for mark in ("\u200e", "\u200f", "\u061c"):
        number = number.replace(mark, "")
    return f"{money.currency}\u00a0{number.replace(chr(0x202F), chr(0xA0))}"
