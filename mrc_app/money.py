"""Money: whole minor units and a currency. Two currencies are never added.

The number of decimals is the currency's own (CLDR: 0 for XOF and VND, 3 for TND, KWD and JOD), never assumed to be two.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache

from mrc_app.errors import Invalid, MrcError, Problem


@lru_cache(maxsize=256)
def decimals(currency: str) -> int:
    """How many decimals a currency has. Raises Invalid when there is no such currency."""
    from babel.numbers import get_currency_precision, is_currency

    if not is_currency(currency):
        raise Invalid(currency=Problem("There is no currency “{currency}”.", {"currency": currency}))
    return get_currency_precision(currency)


@dataclass(frozen=True, order=False)
class Money:
    """An amount in minor units (cents, millimes, francs) of one currency (ISO 4217)."""

    minor: int
    currency: str

    @classmethod
    def of(cls, amount: str | int | Decimal, currency: str) -> Money:
        """From a typed amount. Raises Invalid for no number, NaN, or more decimals than the currency has."""
        places = decimals(currency)
        try:
            value = Decimal(str(amount).replace(" ", "").replace("\u00a0", "").replace(",", ""))
        except InvalidOperation:
            value = Decimal("NaN")
        if not value.is_finite() or abs(value) >= Decimal(10) ** 15:
            raise Invalid(amount=Problem("“{amount}” is not an amount of money.", {"amount": amount}))
        minor = value.scaleb(places)
        if minor != minor.to_integral_value():
            raise Invalid(
                amount=Problem(
                    "{currency} has {places} decimals; “{amount}” has more.",
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
                "{one} and {other} are two currencies and are never added or compared.",
                one=self.currency,
                other=other.currency,
            )


def written(money: Money, language: str) -> str:
    """The amount as a reader of ``language`` writes it, with the currency's code, Latin digits and no invisible marks."""
    from babel.numbers import format_decimal

    from mrc_app.i18n import babel_locale

    places = decimals(money.currency)
    pattern = "#,##0" + ("." + "0" * places if places else "")
    number = format_decimal(money.amount, format=pattern, locale=babel_locale(language), numbering_system="latn")
    for mark in ("\u200e", "\u200f", "\u061c"):
        number = number.replace(mark, "")
    return f"{money.currency}\u00a0{number.replace(chr(0x202F), chr(0xA0))}"
