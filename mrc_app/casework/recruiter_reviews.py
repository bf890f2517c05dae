"""What workers say of a recruiter: eight questions, shown and given out only from five people up.

Each person counts once, with her latest answers. What she says in her own words stays here: it is in no export.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Any, ClassVar, NamedTuple

from sqlmodel import Field, Session, col, select

from mrc_app.casework import fields, recruiters
from mrc_app.casework.client_words import Answer
from mrc_app.casework.recruiter_words import Question, Rating
from mrc_app.casework.recruiters import Recruiter
from mrc_app.errors import Invalid, Problem
from mrc_app.i18n import N_
from mrc_app.places import RESOURCES
from mrc_app.store.records import Record, added, checks, word_column
from mrc_app.store.roles import May, needs
from mrc_app.store.schema import linked

# -- Words: see recruiter_words

# -- Record


class RecruiterReview(Record, table=True):
    """A worker's answers about one recruiter. An answer left empty was not given. ``may_share``: whether her answers
    may leave, without her name. ``comment`` never leaves."""

    registers: ClassVar[dict[str, tuple[str, ...]]] = {
        "answers": ("fees", "contract", "documents", "conditions", "help", "paid", "free", "recommend"),
    }
    __table_args__ = checks(**dict.fromkeys((one.value for one in Question), Rating), may_share=Answer)

    client: str = Field(foreign_key="client.uuid", index=True)
    recruiter: str = Field(foreign_key="recruiter.uuid", index=True)
    on: date
    by: str
    fees: Rating | None = word_column(Rating)
    contract: Rating | None = word_column(Rating)
    documents: Rating | None = word_column(Rating)
    conditions: Rating | None = word_column(Rating)
    help: Rating | None = word_column(Rating)
    paid: Rating | None = word_column(Rating)
    free: Rating | None = word_column(Rating)
    recommend: Rating | None = word_column(Rating)
    may_share: Answer = word_column(Answer, Answer.NOT_ASKED)
    comment: str = ""


class Said(NamedTuple):
    """One person's answers, without a word of hers: ``person`` stands for all records of one person."""

    person: str
    on: date
    order: int
    answers: Mapping[Question, Rating | None]
    may_share: bool


class Mean(NamedTuple):
    """The mean of one question to one decimal, None while fewer than five answered it with a number; how many did."""

    mean: Decimal | None
    answers: int
    not_applicable: int


@dataclass(frozen=True)
class Summary:
    """What people said of a recruiter. ``questions`` is empty while too few answered."""

    people: int
    questions: Mapping[Question, Mean]

    @property
    def enough(self) -> bool:
        """Whether anything may be shown."""
        return self.people >= ENOUGH


class Asked(NamedTuple):
    """One question of the form: its word, its theme, its wording in English."""

    id: Question
    theme: str
    ask: str


# -- Rules

ENOUGH = 5
"""People from whom on answers are shown."""
REVIEW: dict[str, fields.Check] = {
    **{one.value: fields.word(Rating, optional=True) for one in Question},
    "may_share": fields.word(Answer),
    "comment": fields.long_text,
}


@lru_cache(maxsize=1)
def form() -> tuple[str, tuple[Asked, ...]]:
    """The version and the questions of the form (resources/reviews/recruitment.toml)."""
    read = tomllib.loads((RESOURCES / "reviews" / "recruitment.toml").read_text("utf-8"))
    asked = tuple(Asked(Question(row["id"]), row["theme"], row["ask"]) for row in read["question"])
    return read["version"], asked


def latest(said: Iterable[Said]) -> list[Said]:
    """Each person's latest answers."""
    last: dict[str, Said] = {}
    for one in sorted(said, key=lambda one: (one.on, one.order)):
        last[one.person] = one
    return list(last.values())


def summary(said: Iterable[Said]) -> Summary:
    """What people said together, each person once. Below five people nothing but their number; below five numbers to
    one question no mean of it."""
    each = latest(said)
    if len(each) < ENOUGH:
        return Summary(len(each), {})
    return Summary(len(each), {question: _mean(question, each) for question in Question})


def _mean(question: Question, said: list[Said]) -> Mean:
    given = [answer for one in said if (answer := one.answers[question]) is not None]
    numbers = [int(answer) for answer in given if answer is not Rating.NOT_APPLICABLE]
    if len(numbers) < ENOUGH:
        return Mean(None, len(numbers), len(given) - len(numbers))
    exact = Decimal(sum(numbers)) / len(numbers)
    return Mean(exact.quantize(Decimal("0.1"), ROUND_HALF_UP), len(numbers), len(given) - len(numbers))


# -- Actions


@needs(May.COUNSEL)
def note(session: Session, *, client: str, recruiter: str, on: date, by: str, **typed: Any) -> RecruiterReview:
    """Keeps a worker's answers: the eight questions by name, may_share, comment. Raises Invalid field by field."""
    kept = fields.checked(REVIEW, typed)
    if not any(kept.get(one.value) for one in Question):
        raise Invalid(fees=Problem(N_("Answer at least one question.")))
    recruiters.by_uuid(session, recruiter)
    made = RecruiterReview(client=client, recruiter=recruiter, on=on, by=by, **kept)
    return added(session, made)


@needs(May.COUNSEL)
def take_back(session: Session, review: RecruiterReview) -> None:
    """Takes answers back that she no longer wants kept."""
    review.gone = True
    session.add(review)
    session.flush()


# -- Questions


@needs(May.SEE_NAMES)
def of_client(session: Session, client: str) -> list[RecruiterReview]:
    """A client's reviews, oldest first."""
    chosen = select(RecruiterReview).where(RecruiterReview.client == client, col(RecruiterReview.gone).is_(False))
    return list(session.exec(chosen.order_by(col(RecruiterReview.on), col(RecruiterReview.id))))


@needs(May.COUNT)
def said_of(session: Session, recruiter: str) -> list[Said]:
    """What people this officer may see said of a recruiter, without their words."""
    return _said(session, recruiter).get(recruiter, [])


@needs(May.COUNT)
def summary_of(session: Session, recruiter: str) -> Summary:
    """What people said of a recruiter together."""
    return summary(said_of(session, recruiter))


@needs(May.EXPORT)
def to_share(session: Session) -> list[tuple[Recruiter, Summary]]:
    """Every recruiter of whom five people or more let their answers leave, with what they said, by name."""
    found = []
    for uuid, said in _said(session).items():
        told = summary(one for one in latest(said) if one.may_share)
        recruiter = session.exec(select(Recruiter).where(Recruiter.uuid == uuid)).one()
        if told.enough and not recruiter.gone:
            found.append((recruiter, told))
    return sorted(found, key=lambda pair: (pair[0].name, pair[0].uuid))


def _said(session: Session, recruiter: str = "") -> dict[str, list[Said]]:
    """Answers by recruiter. Only columns without words are read: a data officer may count them."""
    columns = [getattr(RecruiterReview, one.value) for one in Question]
    chosen = (
        select(  # type: ignore[call-overload]
            RecruiterReview.recruiter, RecruiterReview.client, RecruiterReview.on, RecruiterReview.id,
            RecruiterReview.may_share, linked.c.shown, *columns,
        )
        .outerjoin(linked, linked.c.client == RecruiterReview.client)
        .where(col(RecruiterReview.gone).is_(False))
    )  # fmt: skip
    if recruiter:
        chosen = chosen.where(RecruiterReview.recruiter == recruiter)
    found: dict[str, list[Said]] = {}
    for about, client, on, order, share, shown, *answers in session.exec(chosen):
        told = dict(zip(Question, answers, strict=True))
        found.setdefault(about, []).append(Said(shown or client, on, order, told, share is Answer.YES))
    return found
