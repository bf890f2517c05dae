"""How an export is written: sealed with age, signed beside, a slip of paper with it; nothing in the clear."""

from __future__ import annotations

from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from mrc_app.errors import MrcError
from mrc_app.exchange import ledgers, minisigs
from mrc_app.exchange.ministry_export_papers import Slip, slip
from mrc_app.i18n import N_
from mrc_app.store import saved_files
from mrc_app.store.raw import raw_of
from mrc_app.store.rows import now_text

if TYPE_CHECKING:
    from mrc_app.exchange.desk_keys import Own
    from mrc_app.exchange.ministry_export_contents import Content
    from mrc_app.exchange.ministry_exports import Made, MinistryExport, Peer
    from mrc_app.store.centre import Store


def write(
    store: Store, folder: Path, kept: MinistryExport, whole: bytes, content: Content, peers: list[Peer], own: Own
) -> Made:
    """Seals, signs, writes the slip, and remembers all three and for whom."""
    from mrc_app.exchange.ministry_exports import Made, parcel_id

    target = folder / (kept.name + (".age" if peers else ""))
    sealed = _sealed(whole, peers) if peers else whole
    digest = sha256(sealed).hexdigest()
    to = ", ".join(one.name or one.fingerprint for one in peers)
    paper = slip(
        Slip(
            target.name, digest, content.rows, content.withheld, store.centre().name, to,
            peers[0].fingerprint if peers else "", own.fingerprint,
        ),
        content.wanted.tier, content.head, content.wanted.languages[0],
    )  # fmt: skip
    signature = _write_all(folder, target, sealed, paper, own)
    sheet = target.with_name(f"{kept.name}.slip.pdf")
    saved_files.note(store, target, "export", sealed)
    saved_files.note(store, sheet, "export", paper)
    with store.change(by=store.officer, do="ministry_exports.leave") as session:
        connection = raw_of(session)
        for one in peers[:1]:
            note = ledgers.Parcel(
                parcel_id(kept), "out", "export", one.recipient, store.node, kept.seq, kept.sha256,
                now_text(), "written", {"file": target.name, "sealed": digest},
            )  # fmt: skip
            ledgers.note(connection, note)
        for client, parts in content.left.items():
            ledgers.note_left(
                session, client=client, parcel=kept.uuid, parts=dict.fromkeys(parts, kept.seq), to=to,
                recipient=kept.recipient, by=store.officer, at=now_text(), sha256=digest,
            )  # fmt: skip
    return Made(target, digest, content.rows, content.withheld, signature, sheet, kept.seq, kept.replaces, kept.sha256)


def _sealed(whole: bytes, peers: list[Peer]) -> bytes:
    import pyrage  # type: ignore[import-untyped]

    return bytes(pyrage.encrypt(whole, [pyrage.x25519.Recipient.from_str(one.recipient) for one in peers]))


def _write_all(folder: Path, target: Path, sealed: bytes, paper: bytes, own: Own) -> Path:
    part = target.with_name(target.name + ".new")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        part.write_bytes(sealed)
        part.replace(target)
        target.with_name(f"{target.name.removesuffix('.age')}.slip.pdf").write_bytes(paper)
    except OSError as trouble:
        said = N_("“{file}” cannot be written: {trouble}.")
        raise MrcError(said, file=target.name, trouble=trouble.strerror or str(trouble)) from None
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    return minisigs.write(target, own.verify_key, own.sign, f"mrc export {target.name}")
