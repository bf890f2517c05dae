"""What every kept record shares: identity, tombstone, registers, and column types that refuse what they cannot read back."""

from __future__ import annotations

import re
import secrets
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, Dialect, MetaData, String, TypeDecorator
from sqlmodel import Field, SQLModel

from mrc_app.errors import Invalid, Problem

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_name)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}
metadata: MetaData = SQLModel.metadata


def new_uuid() -> str:
    """A random identity: 32 hexadecimal characters, the only key that leaves this desk."""
    return secrets.token_hex(16)


class Record(SQLModel):
    """A row of a kept table. Never deleted: ``gone`` hides it.

    ``registers`` groups columns that only make sense together (an amount and its currency); the journal merges a register
    whole. ``subject`` names the column holding the client a record is about.
    """

    model_config = {"validate_assignment": True}  # type: ignore[assignment]
    registers: ClassVar[dict[str, tuple[str, ...]]] = {}
    subject: ClassVar[str | None] = "client"

    id: int | None = Field(default=None, primary_key=True)
    uuid: str = Field(default_factory=new_uuid, unique=True, index=True)
    gone: bool = Field(default=False)


class Word(TypeDecorator[StrEnum]):
    """A column of a StrEnum: keeps the value (never the member's name), refuses unknown words, adds a CHECK."""

    impl = String
    cache_ok = True

    def __init__(self, words: type[StrEnum]) -> None:
        super().__init__()
        self.words = words

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        """The word as it is kept. Raises Invalid for a word not in the list."""
        if value is None:
            return None
        try:
            return self.words(value).value
        except ValueError:
            raise Invalid(word=Problem("“{word}” is not one of the known words.", {"word": value})) from None

    def process_result_value(self, value: Any, dialect: Dialect) -> StrEnum | None:
        """The word as the program knows it."""
        return None if value is None else self.words(value)


def one_of(column: str, words: type[StrEnum]) -> CheckConstraint:
    """The CHECK that belongs to a Word column: put it in ``__table_args__``."""
    listed = ", ".join(f"'{word.value}'" for word in words)
    return CheckConstraint(f"{column} IN ({listed})", name=column)


_PARTIAL = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


def partial_date(text: str | None, field: str) -> str | None:
    """A date known to the year, the month or the day, checked. Raises Invalid for a day that does not exist."""
    if text is None or text == "":
        return None
    from datetime import date

    try:
        if not _PARTIAL.fullmatch(text):
            raise ValueError
        date.fromisoformat((text + "-01-01")[:10])
    except ValueError:
        raise Invalid(**{field: Problem("“{text}” is not a date.", {"text": text})}) from None
    return text
