"""What every kept record shares: identity, tombstone, registers, and column types that refuse what they cannot
read back."""

from __future__ import annotations

import re
import secrets
from enum import StrEnum
from typing import Any, ClassVar, TypeVar

from sqlalchemy import CheckConstraint, Column, Dialect, MetaData, String, TypeDecorator
from sqlmodel import Field, Session, SQLModel

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

    ``registers`` groups columns that only make sense together (an amount and its currency); the journal merges
    a register whole. ``subject`` names the column holding the client a record is about. ``bias`` names, for a
    register, the values (as the database keeps them; of a group its first column) that win over any later one
    written without knowledge of them. A record that people search for also has ``search_text`` (every word to
    be found) and ``shown_as`` (its name in lists); one
    that may be there twice has ``match_keys``. ``same_person`` names a second column with a client, whom the
    record declares to be the same person as its subject until it is gone. ``codes`` names text columns that hold no
    word of hers (a code, a digest): they are counted without names and never sealed.
    """

    model_config = {"validate_assignment": True}
    registers: ClassVar[dict[str, tuple[str, ...]]] = {}
    subject: ClassVar[str | None] = "client"
    same_person: ClassVar[str | None] = None
    codes: ClassVar[frozenset[str]] = frozenset()
    bias: ClassVar[dict[str, tuple[Any, ...]]] = {}

    id: int | None = Field(default=None, primary_key=True)
    uuid: str = Field(default_factory=new_uuid, unique=True, index=True)
    gone: bool = Field(default=False)


Added = TypeVar("Added", bound=Record)


def added(session: Session, record: Added) -> Added:
    """A record, new or changed, written down in the unit of work: what the database refuses is refused here."""
    session.add(record)
    session.flush()
    return record


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


def word_column(words: type[StrEnum], default: StrEnum | None = None) -> Any:
    """A field of one word; without a default it may be empty."""
    return Field(default=default, sa_column=Column(Word(words), nullable=default is None))


class WordList(TypeDecorator[tuple[StrEnum, ...]]):
    """A column of several words of one StrEnum, kept in the list's own order with a space between."""

    impl = String
    cache_ok = True

    def __init__(self, words: type[StrEnum]) -> None:
        super().__init__()
        self.words = words

    def process_bind_param(self, value: Any, dialect: Dialect) -> str:
        """The words as they are kept, each once. Raises Invalid for a word not in the list."""
        try:
            chosen = {self.words(word) for word in value or ()}
        except ValueError:
            raise Invalid(word=Problem("“{word}” is not one of the known words.", {"word": value})) from None
        return " ".join(word.value for word in self.words if word in chosen)

    def process_result_value(self, value: Any, dialect: Dialect) -> tuple[StrEnum, ...]:
        """The words as the program knows them."""
        return tuple(self.words(word) for word in (value or "").split())


class TextList(TypeDecorator[tuple[str, ...]]):
    """A column of several short texts, one a line."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str:
        """The texts as they are kept."""
        return "\n".join(value or ())

    def process_result_value(self, value: Any, dialect: Dialect) -> tuple[str, ...]:
        """The texts as the program knows them."""
        return tuple((value or "").split("\n")) if value else ()


def words_column(words: type[StrEnum]) -> Any:
    """A field of any number of words."""
    return Field(default=(), sa_column=Column(WordList(words), nullable=False, default=()))


def texts_column() -> Any:
    """A field of any number of short texts."""
    return Field(default=(), sa_column=Column(TextList(), nullable=False, default=()))


def one_of(column: str, words: type[StrEnum]) -> CheckConstraint:
    """The CHECK that belongs to a Word column: put it in ``__table_args__``."""
    listed = ", ".join(f"'{word.value}'" for word in words)
    return CheckConstraint(f"{column} IN ({listed})", name=column)


def checks(**columns: type[StrEnum]) -> tuple[CheckConstraint, ...]:
    """The CHECKs of a record's word columns: ``__table_args__ = checks(sex=Sex, kind=Kind)``."""
    return tuple(one_of(column, words) for column, words in columns.items())


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
