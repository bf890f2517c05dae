"""Exports for a ministry: one sealed archive a period and tier, numbered; a correction replaces it whole, with a higher
number. Where nothing changed the number stays, and so does every byte of the archive.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from sqlmodel import JSON, Column, Field, Session, col, select

from mrc_app.calendars.periods import Period
from mrc_app.calendars.periods import period as read_period
from mrc_app.errors import Invalid, Problem
from mrc_app.exchange import desk_keys, key_text, partners
from mrc_app.exchange import ministry_export_agreements as agreements
from mrc_app.exchange import ministry_export_contents as contents
from mrc_app.exchange.ministry_export_words import CONSENT, Tier
from mrc_app.i18n import N_
from mrc_app.store.records import Record, checks, word_column
from mrc_app.store.roles import May, needs

if TYPE_CHECKING:
    from mrc_app.store.centre import Store

# -- Record


class MinistryExport(Record, table=True):
    """One export that was made. ``digest`` is that of its content; ``replaces`` names the archive it takes the place
    of; ``recipient`` is empty for one that was not sealed."""

    subject: ClassVar[str | None] = None
    registers: ClassVar[dict[str, tuple[str, ...]]] = {
        "export": ("recipient", "name", "tier", "period", "start", "end", "seq", "replaces", "digest", "sha256",
                   "made_on", "made_by", "counts", "withheld"),
        "acknowledged": ("acknowledged_on", "accepted", "told"),
    }  # fmt: skip
    __table_args__ = checks(tier=Tier)

    recipient: str = Field(default="", index=True)
    name: str
    tier: Tier = word_column(Tier, Tier.MIN)
    period: str
    start: date
    end: date
    seq: int
    replaces: str = ""
    digest: str
    sha256: str
    made_on: date
    made_by: str
    counts: dict[str, int] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    withheld: dict[str, int] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    acknowledged_on: date | None = None
    accepted: bool | None = None
    told: str = ""


# -- Rules

Step = Callable[[int, int], None]
NO_ONE = N_("Say for whom the export is sealed: --to KEY.")
ONE_ONLY = N_("Tier {tier} is sealed for one ministry only: its tokens are its own.")
ONLY_MIN = N_("Only counts (tier MIN) may leave without a seal.")


@dataclass(frozen=True)
class Asking:
    """What is asked for. ``to``: keys, fingerprints or names of partners; ``plain``: not sealed."""

    period: str
    tier: Tier
    to: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    plain: bool = False


@dataclass(frozen=True)
class Peer:
    """For whom an export is: key and name."""

    recipient: str
    name: str

    @property
    def fingerprint(self) -> str:
        """The digits of the key."""
        return key_text.fingerprint(key_text.public_of(self.recipient) or b"")


@dataclass(frozen=True)
class Made:
    """What was written: the file that leaves, its signature and its slip, how many rows, who was withheld and why."""

    file: Path
    sha256: str
    rows: dict[str, int]
    withheld: dict[str, int]
    signature: Path | None
    slip: Path
    seq: int
    replaces: str
    zip_sha256: str = field(default="")


@dataclass(frozen=True)
class Preview:
    """What would leave: for whom, which days, how many rows in each table, who is withheld and why."""

    peers: tuple[Peer, ...]
    span: Period
    rows: dict[str, int]
    withheld: dict[str, int]


def file_name(centre: str, span: Period, tier: Tier, seq: int) -> str:
    """``mrc-export_ETH-AA-01_2026-Q4_MIN_0007.zip``: no name of a person or a town."""
    return f"mrc-export_{centre}_{span.file_code}_{tier.value}_{seq:04d}.zip"


def problems(asked: Asking) -> None:
    """Raises Invalid for what cannot be asked for."""
    if asked.plain and asked.tier is not Tier.MIN:
        raise Invalid(plain=Problem(ONLY_MIN))
    if not asked.to and not asked.plain:
        raise Invalid(to=Problem(NO_ONE))
    if CONSENT[asked.tier].agreement and len(asked.to) != 1:
        raise Invalid(to=Problem(ONE_ONLY, {"tier": asked.tier.value}))


# -- Actions


def export(
    store: Store, asked: Asking, folder: Path, today: date, *, step: Step = lambda _done, _all: None
) -> Made:  # fmt: skip
    """Makes an export, seals it and writes it with signature and slip into a folder. ``step`` may raise Cancelled, as
    long as nothing is kept. Raises Invalid(to=, period=, plain=), NotAllowed, MrcError when the disk refuses; then
    nothing is kept."""
    from mrc_app.exchange import ministry_export_sealing as sealing

    wanted, peers = _prepared(store, asked, today)
    step(0, 3)
    content = contents.content(store, wanted)
    own = desk_keys.own(store)
    step(1, 3)
    kept, whole = _numbered(store, content, wanted, today)
    return sealing.write(store, folder, kept, whole, content, peers, own)


def preview(store: Store, asked: Asking, today: date, *, step: Step = lambda _done, _all: None) -> Preview:
    """What an export would hold now; nothing of it is kept. Raises like ``export``."""
    wanted, peers = _prepared(store, asked, today)
    step(0, 2)
    content = contents.content(store, wanted)
    step(1, 2)
    return Preview(tuple(peers), wanted.span, dict(content.rows), dict(content.withheld))


def _prepared(store: Store, asked: Asking, today: date) -> tuple[contents.Wanted, list[Peer]]:
    store.allow(May.EXPORT)
    problems(asked)
    if asked.tier is not Tier.MIN:
        store.allow(May.SEE_NAMES)
    span = read_period(asked.period)
    with store.read() as session:
        peers = [_peer(session, text) for text in asked.to]
        found = [agreements.for_tier(session, one.recipient, asked.tier, today) for one in peers]
    languages = asked.languages or tuple(store.centre().languages) or ("en",)
    wanted = contents.Wanted(
        span, asked.tier, languages, today, found[0] if found else None, tuple(one.recipient for one in peers),
        agreements.switched(found),
    )  # fmt: skip
    return wanted, peers


def _numbered(
    store: Store, content: contents.Content, wanted: contents.Wanted, today: date
) -> tuple[MinistryExport, bytes]:
    """The record of this export and its archive: the last one where nothing changed, else with the next number."""
    recipient = wanted.recipients[0] if wanted.recipients else ""
    digest = sha256(content.archive(contents.Stamp(0, "", wanted.span.end))).hexdigest()
    with store.change(by=store.officer, do="ministry_exports.export") as session:
        last = latest(session, recipient, wanted.span, wanted.tier)
        if last is not None and last.digest == digest:
            return last, content.archive(contents.Stamp(last.seq, last.replaces, last.made_on))
        seq = 1 + max((one.seq for one in of_ministry(session, recipient)), default=0)
        name = file_name(content.head.centre, wanted.span, wanted.tier, seq)
        replaces = last.name if last is not None else ""
        whole = content.archive(contents.Stamp(seq, replaces, today))
        kept = MinistryExport(
            recipient=recipient, name=name, tier=wanted.tier, period=wanted.span.code, start=wanted.span.start,
            end=wanted.span.end, seq=seq, replaces=replaces, digest=digest, sha256=sha256(whole).hexdigest(),
            made_on=today, made_by=store.officer, counts=dict(content.rows), withheld=dict(content.withheld),
        )  # fmt: skip
        session.add(kept)
        session.flush()
        return kept, whole


def _peer(session: Session, text: str) -> Peer:
    """A trusted partner, or a bare key nobody has named yet. Raises Invalid(to=…)."""
    key = text.strip().lower()
    if key_text.public_of(key) is not None and partners.by_recipient(session, key) is None:
        known = session.get(partners.Partner, _id(session, key)) if _id(session, key) else None
        if known is not None and known.revoked:
            raise Invalid(to=Problem(partners.REVOKED, {"name": known.name}))
        return Peer(key, "")
    found = partners.by_key(session, text)
    return Peer(found.recipient, found.name)


def _id(session: Session, key: str) -> int | None:
    return session.exec(select(partners.Partner.id).where(partners.Partner.uuid == partners.uuid_of(key))).first()


@needs(May.EXPORT)
def acknowledge(session: Session, export: MinistryExport, *, accepted: bool, told: Sequence[str], on: date) -> bool:
    """Keeps what the ministry answered; False where that is known already. An export accepted once stays accepted."""
    said = json.dumps(list(told), ensure_ascii=False)
    if export.accepted or (export.accepted is accepted and export.told == said):
        return False
    export.acknowledged_on, export.accepted, export.told = on, accepted, said
    session.add(export)
    return True


# -- Questions


@needs(May.COUNT)
def of_ministry(session: Session, recipient: str) -> list[MinistryExport]:
    """The exports made for a ministry, the first one first."""
    asked = select(MinistryExport).where(MinistryExport.recipient == recipient, col(MinistryExport.gone).is_(False))
    return list(session.exec(asked.order_by(col(MinistryExport.seq), col(MinistryExport.uuid))))


@needs(May.COUNT)
def latest(session: Session, recipient: str, span: Period, tier: Tier) -> MinistryExport | None:
    """The last export of a period and tier for a ministry."""
    same = [
        one for one in of_ministry(session, recipient) if (one.start, one.end, one.tier) == (span.start, span.end, tier)
    ]
    return same[-1] if same else None


@needs(May.COUNT)
def by_digest(session: Session, digest: str) -> MinistryExport | None:
    """The export whose archive has this SHA-256."""
    asked = select(MinistryExport).where(MinistryExport.sha256 == digest, col(MinistryExport.gone).is_(False))
    return session.exec(asked.order_by(col(MinistryExport.uuid))).first()


def parcel_id(one: MinistryExport) -> str:
    """What the list of parcels calls it."""
    return f"export-{one.uuid}"


@needs(May.COUNT)
def listed(session: Session, limit: int = 100) -> list[MinistryExport]:
    """Every export, the newest first."""
    asked = select(MinistryExport).where(col(MinistryExport.gone).is_(False))
    return list(
        session.exec(asked.order_by(col(MinistryExport.made_on).desc(), col(MinistryExport.seq).desc()).limit(limit))
    )


def told_of(one: MinistryExport) -> Mapping[str, Any]:
    """What people and programs are told of an export."""
    return {
        "name": one.name, "tier": one.tier.value, "period": one.period, "seq": one.seq, "sha256": one.sha256,
        "made_on": one.made_on.isoformat(), "acknowledged_on": one.acknowledged_on and one.acknowledged_on.isoformat(),
        "accepted": one.accepted, "told": json.loads(one.told) if one.told else [],
    }  # fmt: skip
