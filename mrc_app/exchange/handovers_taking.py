"""Takes in hand-overs and the receipts for them (see arriving).

Where an officer has still to choose, nothing is kept and the differences are told; chosen (a TOML file, or the screen),
the same file is taken in, in one transaction, and a signed receipt is written beside it to be sent back.

A file of decisions: ``person`` (a number, or "new"), ``accept`` (false sends it back, with ``because``), and the table
``choices`` with ours or theirs for the id of each difference.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mrc_app.errors import CannotRead, Invalid, MrcError, Problem
from mrc_app.exchange import (
    arriving,
    desk_keys,
    handovers,
    handovers_arriving,
    handovers_keeping,
    handovers_reading,
    ledgers,
    parcel_files,
)
from mrc_app.exchange.arriving import Arrived
from mrc_app.exchange.handovers_arriving import Decisions, Look
from mrc_app.exchange.handovers_reading import Coming
from mrc_app.exchange.parcel_files import Header, Opened
from mrc_app.i18n import N_
from mrc_app.store import leftovers
from mrc_app.store.raw import raw_of
from mrc_app.store.records import new_uuid
from mrc_app.store.roles import May, needs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mrc_app.exchange.partners import Partner
    from mrc_app.store.centre import Store

RECEIPT, ENDING = "receipt", ".receipt"
OURSELVES = N_("“{file}” was made by this desk itself: a hand-over is for a partner.")
UNDECIDED = N_("{number} things are still to be chosen.")
NO_HANDOVER = N_("“{file}” is a receipt for a hand-over this desk has not sent.")
UNKNOWN_KIND = N_("Records of the kind “{kind}” wait: install the newer version and take the file in again.")


def take(
    store: Store, found: Opened, *, path: Path, decide: Path | None, today: date, step: Callable[[int, int], None]
) -> Arrived:
    """Takes a hand-over or a receipt in. Raises CannotRead, MrcError."""
    del step
    partner = arriving.require_trust(store, found.header, path)
    if partner is None:
        raise MrcError(OURSELVES, file=path.name)
    if found.header.kind == RECEIPT:
        return _receipt(store, found, path, partner)
    return take_in(store, found, partner, path=path, decisions=_decisions(decide), today=today)


def take_in(
    store: Store, found: Opened, partner: Partner, *, path: Path, decisions: Decisions, today: date
) -> Arrived:  # fmt: skip
    """Takes a hand-over in as it was decided; where something is still to be chosen, only tells what."""
    with _read(store, found) as coming:
        look = handovers_arriving.look(store, coming, partner, decisions, today)
        if look.known_before:
            coming.forget()
            return _told(look, receipt=_answer(store, look, partner, found, path, decisions, today), kept=False)
        if decisions.accept and not look.ready:
            coming.forget()
            return _told(look, receipt=None, kept=False)
        _act(store, look, partner, found, decisions, today)
    return _told(look, receipt=_answer(store, look, partner, found, path, decisions, today), kept=decisions.accept)


@needs(May.REGISTER)
def peek(store: Store, path: Path, decisions: Decisions, today: date) -> tuple[Look, Partner]:
    """A hand-over beside what is kept here, for the screen; nothing stays on the disk and nothing is kept."""
    with parcel_files.opened(path, [desk_keys.own(store)]) as found:
        partner = arriving.require_trust(store, found.header, path)
        if partner is None or found.header.kind != "handover":
            raise MrcError(OURSELVES, file=path.name)
        with _read(store, found) as coming:
            look = handovers_arriving.look(store, coming, partner, decisions, today)
            coming.forget()
    return look, partner


@needs(May.REGISTER)
def decided(store: Store, path: Path, decisions: Decisions, today: date) -> Arrived:
    """Takes a hand-over in as an officer decided on the screen. Raises MrcError while something is to be chosen."""
    with parcel_files.opened(path, [desk_keys.own(store)]) as found:
        partner = arriving.require_trust(store, found.header, path)
        if partner is None or found.header.kind != "handover":
            raise MrcError(OURSELVES, file=path.name)
        found.sha256 = parcel_files.digest_of(path)
        arrived = take_in(store, found, partner, path=path, decisions=decisions, today=today)
    if arrived.receipt is None:
        raise MrcError(UNDECIDED, number=len(arrived.told["open"]))
    return arrived


@contextmanager
def _read(store: Store, found: Opened) -> Iterator[Coming]:
    """The hand-over to its last byte; its papers go again when anything fails."""
    coming = handovers_reading.read(found.lines, store.path)
    with leftovers.undone(coming.forget):
        if not found.whole:
            raise CannotRead(handovers_reading.NOT_A_HANDOVER)
        yield coming


def _act(store: Store, look: Look, partner: Partner, found: Opened, decisions: Decisions, today: date) -> None:
    do = "handovers.accept" if decisions.accept else "handovers.reject"
    with store.change(by=store.officer, do=do) as session:
        if decisions.accept:
            handovers_keeping.keep(
                session, look, partner=partner, parcel=found.header.id, on=today, by=store.officer
            )  # fmt: skip
        else:
            look.coming.forget()
            handovers_keeping.refuse(
                session, look, partner=partner, parcel=found.header.id, because=decisions.because, on=today
            )  # fmt: skip
        ledgers.note(raw_of(session), _parcel(found.header, partner, "in", found.sha256, "taken in"))


def _told(look: Look, *, receipt: Path | None, kept: bool) -> Arrived:
    plan, document = look.plan, look.coming.document
    new, same = (plan.new, plan.same) if not look.known_before else (0, len(document.items))
    conflicts = [] if look.known_before else [_difference(one) for one in plan.conflicts]
    still = [*(["person"] if look.asked else []), *plan.open] if not look.known_before else []
    told = {
        "handover": document.id, "revision": document.revision, "from": document.centre_name, "moves": document.moves,
        "client": look.number or document.number, "open": still, "changed": list(plan.changed), "kept": kept,
        "likely": [
            {"number": one.number, "name": one.name, "score": one.score, "reasons": [why.text() for why in one.reasons]}
            for one in (look.likely if look.first else ())
        ],
    }  # fmt: skip
    gaps = [Problem(UNKNOWN_KIND, {"kind": kind}) for kind in plan.gaps]
    return Arrived("handover", new, same, conflicts, gaps, receipt, told)


def _difference(one: Any) -> dict[str, Any]:
    return {
        "id": one.id, "record": one.kind, "field": one.register, "ours": plain(one.ours), "theirs": plain(one.theirs),
    }  # fmt: skip


def plain(value: Any) -> Any:
    """A register as a person reads it: of a group what it says, without what it does not."""
    if isinstance(value, dict):
        return {name: one for name, one in value.items() if one not in (None, "", "not_asked", "not_stated")}
    return value


def _decisions(file: Path | None) -> Decisions:
    if file is None:
        return Decisions()
    import tomllib

    try:
        return Decisions.of(tomllib.loads(file.read_text("utf-8")))
    except (OSError, ValueError, RecursionError):
        said = Problem(N_("“{file}” cannot be read as a file of decisions (TOML)."), {"file": file.name})
        raise Invalid(decide=said) from None


# -- receipts


def _answer(
    store: Store, look: Look, partner: Partner, found: Opened, path: Path, decisions: Decisions, today: date
) -> Path:  # fmt: skip
    """The receipt to be sent back, signed and sealed to the giver: no name in it, only what was received. Again gives
    the one that is there."""
    out = path.with_name(path.name + ENDING)
    if out.exists():
        return out
    document = look.coming.document
    with store.plain() as connection:
        number = ledgers.next_no(connection, partner.recipient, store.node)
    header = Header(
        kind=RECEIPT, id=new_uuid(), no=number, centre=look.here.centre, to=(partner.recipient,), schema="receipt/1"
    )
    line = {
        "line": RECEIPT, "handover": document.id, "revision": document.revision, "parcel": found.header.id,
        "sha256": found.sha256, "accepted": decisions.accept, "because": decisions.because, "on": today.isoformat(),
    }  # fmt: skip
    written = parcel_files.write(out, header, lambda: iter([line]), desk_keys.own(store))
    with store.writing() as connection:
        ledgers.note(connection, _parcel(written.header, partner, "out", written.sha256, "written"))
    return out


def _parcel(header: Header, partner: Partner, direction: str, sha256: str, state: str) -> ledgers.Parcel:
    return ledgers.Parcel(
        header.id, direction, header.kind, partner.recipient, "", header.no, sha256, header.made_at, state
    )  # fmt: skip


def _receipt(store: Store, found: Opened, path: Path, partner: Partner) -> Arrived:
    line = next((one for one in list(found.lines) if one.get("line") == RECEIPT), {})
    try:
        said = {"handover": str(line["handover"]), "revision": int(line["revision"]), "because": str(line["because"])}
        on, accepted, parcel = date.fromisoformat(str(line["on"])), line["accepted"] is True, str(line["parcel"])
    except (KeyError, TypeError, ValueError):
        raise CannotRead(handovers_reading.NOT_A_HANDOVER) from None
    with store.plain() as connection:
        known = ledgers.known(connection, found.header.id, "in") is not None
    with store.change(by=store.officer, do="handovers.receipt") as session:
        sent = handovers.note_answer(
            session, recipient=partner.recipient, accepted=accepted, on=on, **said  # type: ignore[arg-type]
        )  # fmt: skip
        if sent is None:
            raise MrcError(NO_HANDOVER, file=path.name)
        raw = raw_of(session)
        ledgers.set_state(raw, parcel, "acknowledged" if accepted else "refused")
        ledgers.note(raw, _parcel(found.header, partner, "in", found.sha256, "taken in"))
    told = {**said, "accepted": accepted, "on": on.isoformat(), "to": partner.name}
    return Arrived(RECEIPT, int(not known), int(known), [], [], None, told)
