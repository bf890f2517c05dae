"""Screening for forced labour: eleven indicators by name, her words as evidence, a count, and no verdict.

The names are those of the ILO's list [W37]; the questions asked for them are the office's own. Violence and harassment
at work (Convention 190) is asked beside them and not counted among the eleven.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from sqlmodel import Field, Session, col, select

from mrc_app.casework import costs, fields
from mrc_app.casework.client_words import Answer
from mrc_app.casework.cost_debts import DebtRisk
from mrc_app.casework.grievance_words import Indicator
from mrc_app.errors import Invalid, Problem
from mrc_app.i18n import N_
from mrc_app.store.records import Record, added, checks, word_column
from mrc_app.store.roles import May, needs

# -- Words: see grievance_words

# -- Record


class Screening(Record, table=True):
    """One sheet of one person, on one day; of a case or of none."""

    client: str = Field(foreign_key="client.uuid", index=True)
    grievance: str | None = Field(default=None, foreign_key="grievance.uuid", index=True)
    on: date
    by: str
    language: str = ""
    interpreter: str = ""
    note: str = ""


class ScreeningAnswer(Record, table=True):
    """What she said to one indicator. ``words``: her own, as evidence."""

    registers: ClassVar[dict[str, tuple[str, ...]]] = {"answer": ("answer", "words")}
    __table_args__ = checks(indicator=Indicator, answer=Answer)

    client: str = Field(foreign_key="client.uuid", index=True)
    grievance: str | None = Field(default=None, foreign_key="grievance.uuid", index=True)
    screening: str = Field(foreign_key="screening.uuid", index=True)
    indicator: Indicator = word_column(Indicator, Indicator.VULNERABILITY)
    answer: Answer = word_column(Answer, Answer.NOT_ASKED)
    words: str = ""


@dataclass(frozen=True)
class Sheet:
    """A screening as it is shown: its answers in the order of the list, and how many of the eleven she said yes to."""

    screening: Screening
    answers: tuple[ScreeningAnswer, ...]
    ticked: int
    of: int


# -- Rules

ELEVEN = tuple(one for one in Indicator if one is not Indicator.C190)
NO_FINDING = N_("This is a screening, not a legal finding.")
ONE_IS_ENOUGH = N_("One indicator may be enough; often several stand together. The number proves nothing by itself.")
HER_WORDS = N_("Write what she said, in her own words.")
COUNT = N_("{n} of {all} indicators")


def count(answers: Iterable[ScreeningAnswer]) -> int:
    """How many of the eleven were answered yes. A count, never a verdict."""
    yes = {one.indicator for one in answers if one.answer is Answer.YES and not one.gone}
    return len(yes & set(ELEVEN))


def problems(said: Mapping[Indicator, tuple[Answer, str]]) -> dict[str, Problem]:
    """A yes needs her words: without them it is an officer's opinion."""
    return {
        indicator.value: Problem(HER_WORDS)
        for indicator, (answer, words) in said.items()
        if answer is Answer.YES and not words
    }


# -- Actions


@needs(May.COUNSEL)
def begin(
    session: Session,
    *,
    client: str,
    on: date,
    by: str,
    grievance: str | None = None,
    language: str = "",
    interpreter: str = "",
    note: str = "",
) -> Screening:
    """A new sheet; earlier ones stay. Raises Invalid field by field."""
    checked = {"language": fields.language_code, "interpreter": fields.text, "note": fields.long_text}
    kept = fields.checked(checked, {"language": language, "interpreter": interpreter, "note": note})
    return added(session, Screening(client=client, grievance=grievance, on=on, by=by, **kept))


@needs(May.COUNSEL)
def answer(session: Session, screening: Screening, *, said: Mapping[str, Any]) -> list[ScreeningAnswer]:
    """Keeps answers: indicator → (answer, her words). All or nothing. Raises Invalid under the indicator's name."""
    read = {_indicator(name): _said(name, value) for name, value in said.items()}
    wrong = problems(read)
    if wrong:
        raise Invalid(**wrong)
    there = {one.indicator: one for one in _answers(session, screening)}
    kept = []
    for indicator, (given, words) in read.items():
        one = there.get(indicator) or ScreeningAnswer(
            client=screening.client, grievance=screening.grievance, screening=screening.uuid, indicator=indicator
        )
        one.answer, one.words = given, words
        kept.append(added(session, one))
    return kept


def _indicator(name: str) -> Indicator:
    indicator: Indicator = fields.word(Indicator)("indicator", name)
    return indicator


def _said(name: str, value: Any) -> tuple[Answer, str]:
    given, words = value
    kept = fields.checked({name: fields.word(Answer), "words": fields.long_text}, {name: given, "words": words})
    return kept[name], kept["words"]


# -- Questions


@needs(May.SEE_NAMES)
def sheets(session: Session, client: str) -> list[Sheet]:
    """A client's screenings, the latest first."""
    chosen = select(Screening).where(Screening.client == client, col(Screening.gone).is_(False))
    found = session.exec(chosen.order_by(col(Screening.on).desc(), col(Screening.id).desc()))
    return [_sheet(session, one) for one in found]


@needs(May.SEE_NAMES)
def of_case(session: Session, grievance: str) -> list[Sheet]:
    """The screenings of a case, the latest first."""
    chosen = select(Screening).where(Screening.grievance == grievance, col(Screening.gone).is_(False))
    found = session.exec(chosen.order_by(col(Screening.on).desc(), col(Screening.id).desc()))
    return [_sheet(session, one) for one in found]


@needs(May.SEE_NAMES)
def debt(session: Session, client: str, today: date) -> DebtRisk:
    """What her cost ledger says of her debts, beside the indicator: facts, never an answer given for her."""
    return costs.reckoned(session, client, today).debt


def _sheet(session: Session, screening: Screening) -> Sheet:
    order = list(Indicator)
    answers = sorted(_answers(session, screening), key=lambda one: order.index(one.indicator))
    return Sheet(screening, tuple(answers), count(answers), len(ELEVEN))


def _answers(session: Session, screening: Screening) -> list[ScreeningAnswer]:
    chosen = select(ScreeningAnswer).where(
        ScreeningAnswer.screening == screening.uuid, col(ScreeningAnswer.gone).is_(False)
    )
    return list(session.exec(chosen))
