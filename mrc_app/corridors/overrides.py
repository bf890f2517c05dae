"""The centre's own value in the place of a fact: kept under the fact's identity with the value that stood there.

It counts in every lookup of this centre. When the fact below it changes, it comes up for review: it stands until a
supervisor keeps it or takes the new value.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, ClassVar

from sqlmodel import Field, Session, col, select

from mrc_app.corridors.facts import Confidence, Fact, Source, Value
from mrc_app.errors import Invalid, Problem
from mrc_app.i18n import N_
from mrc_app.store.records import Record, partial_date
from mrc_app.store.roles import May, needs

# -- Words

NO_SOURCE = N_("Say where this was read.")
NO_VALUE = N_("“{value}” cannot stand here.")
NO_REASON = N_("Write why this centre uses another value.")
NO_DAY = N_("Say from which day the source is.")
LONGEST = 2000

# -- Record


class Override(Record, table=True):
    """One fact's value in this centre; its uuid is the fact's. ``base`` is the value of the fact it stands over."""

    subject: ClassVar[str | None] = None
    registers: ClassVar[dict[str, tuple[str, ...]]] = {
        "value": ("value", "base", "source", "source_url", "as_of", "because", "written_on", "written_by", "gone_back"),
    }

    corridor: str = Field(index=True)
    key: str
    value: str
    base: str
    source: str
    source_url: str = ""
    as_of: str
    because: str
    written_on: date
    written_by: str
    gone_back: bool = False


# -- Rules


def typed(fact: Fact, value: str) -> Value:
    """A typed value as the fact's own kind of value. Raises Invalid(value=)."""
    said = value.strip()
    wrong = Invalid(value=Problem(NO_VALUE, {"value": value[:60]}))
    if not said or len(said) > LONGEST:
        raise wrong
    if isinstance(fact.value, bool):
        if said not in ("true", "false"):
            raise wrong
        return said == "true"
    if isinstance(fact.value, str):
        return said
    try:
        number = Decimal(said)
        if not number.is_finite() or abs(number) >= Decimal(10) ** 15:
            raise wrong
        _ = replace(fact, value=number).money
    except (InvalidOperation, Invalid):
        raise wrong from None
    return number


def applied(fact: Fact, override: Override | None) -> Fact:
    """The fact as it counts in this centre."""
    if override is None or override.gone or override.gone_back:
        return fact
    try:
        value = typed(fact, override.value)
    except Invalid:
        return fact
    source = Source("centre", override.source, override.source_url, "reference", override.written_on.isoformat())
    return replace(
        fact, value=value, source=source, as_of=override.as_of, confidence=Confidence.MEDIUM, note=override.because
        if not fact.is_zone else fact.note,
    )  # fmt: skip


def is_stale(override: Override, fact: Fact | None) -> bool:
    """Whether the fact below is not there any more, or has another value than the one this was written over."""
    return fact is None or fact.value_text != override.base


# -- Actions


@needs(May.REFERENCE)
def override(
    session: Session, *, fact: Fact, value: str, source: str, as_of: str, because: str, by: str, on: date,
    source_url: str = "",
) -> Override:  # fmt: skip
    """Puts the centre's own value in the place of a fact (as the file or the pack has it). Raises Invalid."""
    wrong: dict[str, Problem] = {}
    for name, text, said in (("source", source, NO_SOURCE), ("because", because, NO_REASON), ("as_of", as_of, NO_DAY)):
        if not text.strip() or len(text) > LONGEST:
            wrong[name] = Problem(said)
    if wrong:
        raise Invalid(**wrong)
    typed(fact, value)
    day = partial_date(as_of.strip(), "as_of") or ""
    kept = _of(session, fact.uuid)
    told: dict[str, Any] = {
        "value": value.strip(), "base": fact.value_text, "source": source.strip(), "source_url": source_url.strip(),
        "as_of": day, "because": because.strip(), "written_on": on, "written_by": by, "gone_back": False,
    }  # fmt: skip
    if kept is None:
        kept = Override(uuid=fact.uuid, corridor=fact.corridor, key=fact.key, **told)
    for name, one in told.items():
        setattr(kept, name, one)
    session.add(kept)
    session.flush()
    return kept


@needs(May.REFERENCE)
def keep(session: Session, override: Override, *, fact: Fact, by: str, on: date) -> Override:
    """After a review: the centre's value stays, over the fact as it is now."""
    override.base, override.written_by, override.written_on = fact.value_text, by, on
    session.add(override)
    session.flush()
    return override


@needs(May.REFERENCE)
def take_back(session: Session, override: Override, *, by: str, on: date) -> Override:
    """The fact counts again as the file or the pack has it."""
    override.gone_back, override.written_by, override.written_on = True, by, on
    session.add(override)
    session.flush()
    return override


# -- Questions


def overrides(session: Session, *corridors: str) -> list[Override]:
    """The values of this centre that stand, by corridor and key."""
    asked = select(Override).where(col(Override.gone).is_(False), col(Override.gone_back).is_(False))
    if corridors:
        asked = asked.where(col(Override.corridor).in_(corridors))
    return list(session.exec(asked.order_by(col(Override.corridor), col(Override.key), col(Override.uuid))))


def over(facts: Iterable[Fact], written: Iterable[Override]) -> tuple[Fact, ...]:
    """Facts with the centre's own values in their place."""
    known = {one.uuid: one for one in written}
    return tuple(applied(fact, known.get(fact.uuid)) for fact in facts) if known else tuple(facts)


def _of(session: Session, uuid: str) -> Override | None:
    return session.exec(select(Override).where(Override.uuid == uuid)).first()
