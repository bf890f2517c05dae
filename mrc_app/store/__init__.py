"""The centre file: create, open, unlock, change, read. Nothing heavy is loaded before the first read or change."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from mrc_app.store.centre import CentreFacts, Store

if TYPE_CHECKING:
    from sqlmodel import Session

    from mrc_app.store.records import Record
    from mrc_app.store.seeing import Seen

__all__ = ["CentreFacts", "Store", "create", "open", "recover", "seen"]


def create(
    path: Path | str, *, centre: str, country: str, desk: str, officer: str, login: str, password: str,
    languages: Sequence[str], settings: Path | None = None,
) -> tuple[Store, str]:  # fmt: skip
    """A new centre file with its key file, open, and the recovery sheet to be printed (it is kept nowhere).

    ``settings`` is this computer's settings folder (the user's own when None). Raises Invalid for what was
    typed and MrcError when a file stands in the way.
    """
    from mrc_app.store import identity, making

    return making.make(
        Path(path), centre=centre, country=country, desk=desk, officer=officer, login=login, password=password,
        languages=languages, token=identity.computer_token(settings),
    )  # fmt: skip


def open(path: Path | str, *, login: str, password: str, settings: Path | None = None, waiting: bool = False) -> Store:
    """The centre file, unlocked by an officer. A missing file is an error, never a new centre. ``waiting``: also an
    empty desk that waits for its first parcel.

    Raises NotAllowed for a wrong name or password, CannotRead for a file that is damaged, of another kind or newer.
    """
    from mrc_app.store import unlocking

    return unlocking.unlock(Path(path), login, password, settings, waiting=waiting)


def recover(path: Path | str, *, sheet: str, login: str, password: str, settings: Path | None = None) -> Store:
    """Opens with the recovery sheet and gives an officer a new password. Raises like ``open``, and Invalid for
    the sheet."""
    from mrc_app.store import unlocking

    return unlocking.recover(Path(path), sheet, login, password, settings)


def seen(session: Session, record: Record) -> Seen:
    """What stands on the screen now for a record; keep it while a form is open and pass it to
    ``Store.change(seen=[…])``."""
    from mrc_app.store.seeing import look

    return look(session, record)
