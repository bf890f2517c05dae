"""A reference pack that came: checked whole, kept as received, shown as a difference. Nothing changes before a
supervisor accepts it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from sqlmodel import Session, select

from mrc_app.corridors.reference_packs import PackState, ReferenceItem, ReferencePack, item_uuid, packs, uuid_of
from mrc_app.errors import CannotRead, MrcError, Problem
from mrc_app.exchange import arriving, ledgers, reference_differences, reference_files
from mrc_app.exchange import reference_making as making
from mrc_app.exchange.arriving import Arrived
from mrc_app.exchange.partners import PartnerKind
from mrc_app.exchange.reference_files import Item
from mrc_app.i18n import N_
from mrc_app.store.raw import raw_of
from mrc_app.store.roles import May

if TYPE_CHECKING:
    from mrc_app.exchange.parcel_files import Header, Opened
    from mrc_app.exchange.partners import Partner
    from mrc_app.store.centre import Store

NOT_THEIRS = N_(
    "“{file}” renews reference data, and {name} is not trusted as a ministry or a headquarters. Nothing was taken in."
)
UNKNOWN_KEY = N_("“{file}” cannot be used: its line {number} has {field}, which is not known.")
BAD_LINE = N_("“{file}” cannot be used: its line {number} is not a file.")
BAD_HEADER = N_("“{file}” cannot be used: it names no series and version.")
OLDER = N_("“{file}” is version {version} of {series}; version {accepted} was accepted already. Nothing was taken in.")
OTHER = N_("“{file}” is another version {version} of {series} than the one that is here. Nothing was taken in.")
TO_DECIDE = N_("Nothing has changed yet: a supervisor looks at the difference and accepts or rejects it.")
KEYS = {"line", "name", "text"}


def take(
    store: Store, found: Opened, *, path: Path, decide: Path | None, today: date,
    step: Callable[[int, int], None] = lambda _done, _all: None,
) -> Arrived:  # fmt: skip
    """Keeps a pack as received and tells its difference. Again changes nothing. Raises CannotRead, MrcError."""
    del decide, step
    store.allow(May.EXCHANGE)
    partner = publisher(store, found.header, path)
    series, version = _named(found.header, path)
    came = _items(found, path)
    digest = sha256("\0".join(f"{one.name}\0{one.text}" for one in came).encode()).hexdigest()
    with store.change(by=store.officer, do="reference_updates.receive") as session:
        known = _known(session, uuid_of(partner.recipient, series, version))
        if known is not None and known.digest != digest:
            raise CannotRead(OTHER, file=path.name, version=version, series=series)
        if known is None:
            _not_older(session, partner, series, version, path)
            known = _keep(session, partner, (series, version), digest, came)
            new = True
            ledgers.note(raw_of(session), _parcel(found))
        else:
            new = False
        changes = reference_differences.difference(session, known)
        told = {
            "pack": known.uuid, "series": series, "version": version, "from": partner.name, "state": known.state.value,
            "changes": [one.told() for one in changes],
        }  # fmt: skip
    gaps = [Problem(TO_DECIDE)] if known.state is PackState.RECEIVED else []
    return Arrived(making.KIND, len(came) if new else 0, 0 if new else len(came), [], gaps, None, told)


def publisher(store: Store, header: Header, path: Path) -> Partner:
    """Who signed a pack. Raises MrcError unless trusted as a ministry or a headquarters."""
    partner = arriving.require_trust(store, header, path)
    if partner is None or partner.kind not in (PartnerKind.MINISTRY, PartnerKind.HEADQUARTERS):
        name = partner.name if partner is not None else store.desk_name
        raise MrcError(NOT_THEIRS, file=path.name, name=name)
    return partner


def _named(header: Header, path: Path) -> tuple[str, int]:
    series, version = header.more.get("series"), header.more.get("version")
    good = isinstance(series, str) and isinstance(version, int) and not isinstance(version, bool)
    if header.schema != making.SCHEMA or not good:
        raise CannotRead(BAD_HEADER, file=path.name)
    try:
        making.problems(str(series), int(version or 0), header.to)
    except MrcError:
        raise CannotRead(BAD_HEADER, file=path.name) from None
    return str(series), int(version or 0)


def _items(found: Opened, path: Path) -> list[Item]:
    came: list[Item] = []
    held = 0
    for number, line in enumerate(found.lines, 1):
        strange = sorted(set(line) - KEYS)
        if strange:
            raise CannotRead(UNKNOWN_KEY, file=path.name, number=number, field=strange[0][:60])
        name, text = line.get("name"), line.get("text")
        if line.get("line") != making.LINE or not isinstance(name, str) or not isinstance(text, str):
            raise CannotRead(BAD_LINE, file=path.name, number=number)
        held += len(text)
        if number > making.MOST_ITEMS or held > making.MOST_BYTES:
            raise CannotRead(making.TOO_MANY, most=making.MOST_ITEMS)
        came.append(reference_files.read(name, text))
    making.check_items(came)
    return came


def _known(session: Session, uuid: str) -> ReferencePack | None:
    return session.exec(select(ReferencePack).where(ReferencePack.uuid == uuid)).first()


def _not_older(session: Session, partner: Partner, series: str, version: int, path: Path) -> None:
    same = [
        one.version
        for one in packs(session, PackState.ACCEPTED)
        if (one.publisher, one.series) == (partner.recipient, series)
    ]
    if same and version < max(same):
        raise CannotRead(OLDER, file=path.name, version=version, series=series, accepted=max(same))


def _keep(session: Session, partner: Partner, named: tuple[str, int], digest: str, came: list[Item]) -> ReferencePack:
    series, version = named
    pack = ReferencePack(
        uuid=uuid_of(partner.recipient, series, version), publisher=partner.recipient, publisher_name=partner.name,
        series=series, version=version, digest=digest,
    )  # fmt: skip
    session.add(pack)
    session.flush()
    for one in came:
        uuid = item_uuid(pack.uuid, one.kind, one.code)
        session.add(ReferenceItem(uuid=uuid, pack=pack.uuid, kind=one.kind, code=one.code, text=one.text))
    session.flush()
    return pack


def _parcel(found: Opened) -> ledgers.Parcel:
    from mrc_app.store.rows import now_text

    head = found.header
    return ledgers.Parcel(
        head.id, "in", head.kind, head.sender, "", head.no, found.sha256, now_text(), "taken in",
        {"made_at": head.made_at},
    )  # fmt: skip
