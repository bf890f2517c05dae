"""Contracts: the versions of one promise along a journey, each with its terms as they stand in the paper.

No version overwrites another: advert, offer, what was signed and the work as it is stand beside each other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, ClassVar

from sqlmodel import Field, Session, col, select

from mrc_app.casework import attachments, contract_points, contract_terms, fields
from mrc_app.casework.attachment_content import DEFAULT_MB
from mrc_app.casework.attachments import What
from mrc_app.casework.client_words import Answer
from mrc_app.casework.contract_terms import Terms
from mrc_app.casework.contract_words import Stage
from mrc_app.casework.journeys import Journey
from mrc_app.errors import Invalid, MrcError, Problem
from mrc_app.i18n import N_
from mrc_app.store.records import Record, added, checks, word_column
from mrc_app.store.roles import May, needs

# -- Words: see contract_words

# -- Record


class Contract(Record, table=True):
    """One version of a contract on a journey. ``terms`` is JSON with the keys of a terms file, ``clauses`` JSON that
    says where each term stands in the paper (page and clause)."""

    registers: ClassVar[dict[str, tuple[str, ...]]] = {"stage": ("stage", "seen_on", "signed_on")}
    __table_args__ = checks(stage=Stage)

    client: str = Field(foreign_key="client.uuid", index=True)
    journey: str = Field(foreign_key="journey.uuid", index=True)
    stage: Stage = word_column(Stage, Stage.SEEN)
    seen_on: date
    signed_on: date | None = None
    language: str = ""
    terms: str = "{}"
    clauses: str = "{}"
    attachment: str | None = Field(default=None, foreign_key="attachment.uuid")
    note: str = ""
    added_by: str


class ContractStamp(Record, table=True):
    """A verification stamp on a version: whose it is, of which day, and whether the stamp itself was seen."""

    registers: ClassVar[dict[str, tuple[str, ...]]] = {"stamp": ("authority", "stamped_on", "seen")}
    __table_args__ = checks(seen=Answer)

    client: str = Field(foreign_key="client.uuid", index=True)
    contract: str = Field(foreign_key="contract.uuid", index=True)
    authority: str
    stamped_on: date | None = None
    seen: Answer = word_column(Answer, Answer.NOT_ASKED)
    note: str = ""
    on: date
    noted_by: str


# -- Rules

ORDER = tuple(Stage)
VERSION: dict[str, fields.Check] = {
    "stage": fields.word(Stage),
    "seen_on": fields.day,
    "signed_on": fields.day,
    "language": fields.language_code,
    "note": fields.long_text,
    "attachment": fields.text,
}
STAMP: dict[str, fields.Check] = {
    "authority": fields.text,
    "stamped_on": fields.day,
    "seen": fields.word(Answer),
    "note": fields.long_text,
}
TO_COME = N_("This day is still to come.")


def checked(typed: Mapping[str, Any], today: date, kept: Contract | None = None) -> dict[str, Any]:
    """The columns for what was typed: ``terms`` with the keys of a terms file, ``clauses`` by term. Raises Invalid
    field by field."""
    columns: dict[str, Any] = {}
    wrong: dict[str, Problem] = {}
    plain = {name: value for name, value in typed.items() if name not in ("terms", "clauses")}
    for work in (
        lambda: fields.checked(VERSION, plain),
        lambda: {"terms": canonical_terms(typed["terms"])} if "terms" in typed else {},
        lambda: (
            {"clauses": contract_points.canonical(contract_points.clauses(typed["clauses"]))}
            if "clauses" in typed
            else {}
        ),
    ):
        try:
            columns |= work()
        except Invalid as refused:
            wrong |= refused.problems
    wrong |= _days(columns, today, kept)
    if wrong:
        raise Invalid(**wrong)
    if "attachment" in columns:
        columns["attachment"] = columns["attachment"] or None
    return columns


def _days(columns: Mapping[str, Any], today: date, kept: Contract | None) -> dict[str, Problem]:
    wrong = {name: Problem(TO_COME) for name in ("seen_on", "signed_on") if (columns.get(name) or today) > today}
    if "seen_on" in columns and columns["seen_on"] is None:
        wrong["seen_on"] = Problem(N_("Say on which day this version was seen."))
    stage = columns.get("stage", kept.stage if kept else None)
    if columns.get("signed_on") and stage in (Stage.ADVERT, Stage.OFFER):
        wrong["signed_on"] = Problem(N_("An advertisement or an offer is not signed yet."))
    return wrong


def canonical_terms(document: Mapping[str, Any] | Terms) -> str:
    """Terms as they are kept: checked, and as canonical JSON. Raises Invalid by key."""
    read = document if isinstance(document, Terms) else contract_terms.read(document)
    return contract_points.canonical(read.document())


def terms(contract: Contract) -> Terms:
    """The terms of a version."""
    return contract_terms.read(contract_points.document_of(contract.terms))


def along(versions: Sequence[Contract]) -> list[Contract]:
    """Versions in the order of the journey: advert first, the work as it is last; the same stage by day."""
    return sorted(versions, key=lambda one: (ORDER.index(one.stage), one.seen_on, one.id or 0))


def promised(versions: Sequence[Contract], contract: Contract) -> Contract | None:
    """The promise a version is held against: the offer, else the advert, else the version before it."""
    before = along(versions)[: [one.uuid for one in along(versions)].index(contract.uuid)]
    for stage in (Stage.OFFER, Stage.ADVERT):
        found = [one for one in before if one.stage is stage]
        if found:
            return found[-1]
    return before[-1] if before else None


def months_worked(contract: Contract, today: date) -> int:
    """Whole months of work under a paper of the destination or the work as it is, from its day until today; 0 for
    every other version."""
    if contract.stage not in (Stage.SIGNED_THERE, Stage.ON_THE_GROUND):
        return 0
    start = contract.signed_on or contract.seen_on
    months = (today.year - start.year) * 12 + today.month - start.month
    return max(months - (today.day < start.day), 0)


# -- Actions


@needs(May.COUNSEL)
def keep(session: Session, journey: Journey, *, on: date, by: str, **typed: Any) -> Contract:
    """Keeps a version: stage, terms, seen_on, signed_on, language, clauses, attachment, note. Raises Invalid."""
    columns = checked({"stage": "", "seen_on": on, "terms": {}, **typed}, on)
    _own_paper(session, journey.client, columns)
    contract = Contract(client=journey.client, journey=journey.uuid, added_by=by, **columns)
    return added(session, contract)


@needs(May.COUNSEL)
def keep_with_paper(
    session: Session,
    journey: Journey,
    *,
    centre: Path,
    name: str,
    content: bytes,
    on: date,
    by: str,
    limit: int = DEFAULT_MB,
    **typed: Any,
) -> Contract:
    """A version together with its photo or scan; where one is refused, neither is kept. Raises Invalid, MrcError."""
    contract = keep(session, journey, on=on, by=by, **typed)
    paper = attachments.add(
        session, centre=centre, client=journey.client, what=What.CONTRACT, name=name, content=content, on=on, by=by,
        limit=limit,
    )  # fmt: skip
    contract.attachment = paper.uuid
    return added(session, contract)


@needs(May.COUNSEL)
def amend(session: Session, contract: Contract, *, changes: Mapping[str, Any], today: date) -> Contract:
    """Changes fields of a version, named as in ``keep``. Raises Invalid field by field; then nothing is changed."""
    columns = checked(changes, today, contract)
    _own_paper(session, contract.client, columns)
    for column, value in columns.items():
        if getattr(contract, column) != value:
            setattr(contract, column, value)
    return added(session, contract)


def _own_paper(session: Session, client: str, columns: Mapping[str, Any]) -> None:
    wanted = columns.get("attachment")
    if wanted and all(paper.uuid != wanted for paper in attachments.of_client(session, client)):
        raise Invalid(attachment=N_("This paper is not among hers."))


@needs(May.COUNSEL)
def stamp(session: Session, contract: Contract, *, on: date, by: str, **typed: Any) -> ContractStamp:
    """Notes a verification stamp: authority, stamped_on, seen, note. Raises Invalid field by field."""
    said = fields.checked(STAMP, {"authority": "", **typed})
    wrong: dict[str, Problem] = {}
    if not said["authority"]:
        wrong["authority"] = Problem(N_("Say whose stamp it is."))
    if (said.get("stamped_on") or on) > on:
        wrong["stamped_on"] = Problem(TO_COME)
    if wrong:
        raise Invalid(**wrong)
    made = ContractStamp(client=contract.client, contract=contract.uuid, on=on, noted_by=by, **said)
    return added(session, made)


@needs(May.COUNSEL)
def put_away(session: Session, contract: Contract) -> Contract:
    """Hides a version that was typed by mistake."""
    contract.gone = True
    return added(session, contract)


# -- Questions


@needs(May.SEE_NAMES)
def of_client(session: Session, client: str) -> list[Contract]:
    """A client's versions, journey by journey, in the order of the journey."""
    chosen = select(Contract).where(Contract.client == client, col(Contract.gone).is_(False))
    found = list(session.exec(chosen.order_by(col(Contract.id))))
    by_journey = dict.fromkeys(one.journey for one in found)
    return [one for journey in by_journey for one in along([v for v in found if v.journey == journey])]


@needs(May.SEE_NAMES)
def of_journey(session: Session, journey: Journey) -> list[Contract]:
    """The versions of one journey, advert first."""
    return [one for one in of_client(session, journey.client) if one.journey == journey.uuid]


@needs(May.SEE_NAMES)
def by_uuid(session: Session, uuid: str) -> Contract:
    """One version. Raises MrcError when there is none that this officer may see."""
    found = session.exec(select(Contract).where(Contract.uuid == uuid, col(Contract.gone).is_(False))).first()
    if found is None:
        raise MrcError(N_("This contract is not on this desk."))
    return found


@needs(May.SEE_NAMES)
def stamps(session: Session, contract: Contract) -> list[ContractStamp]:
    """The verification stamps of a version, in the order they were noted."""
    chosen = select(ContractStamp).where(ContractStamp.contract == contract.uuid, col(ContractStamp.gone).is_(False))
    return list(session.exec(chosen.order_by(col(ContractStamp.id))))
