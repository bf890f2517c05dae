"""Desks of one centre, each in a folder of its own, that exchange parcels as files."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any, ClassVar

from mrc_app import store
from mrc_app.exchange import arriving, desk_keys, desk_new, desk_parcels_making, partners
from mrc_app.exchange.arriving import Arrived
from mrc_app.exchange.partners import PartnerKind
from mrc_app.store import identity, keys
from mrc_app.store.centre import Store
from tests.make import LOGIN, PASSWORD, TODAY, make_store

_NUMBERS = count(1)


def parcel(desk: Store, to: str, **over: Any) -> Path:
    """A parcel for another desk."""
    out = desk.path.parent / f"{next(_NUMBERS)}.parcel"
    desk_parcels_making.make(desk, to, out, **over)
    return out


def receive(desk: Store, file: Path) -> Arrived:
    """Takes a file in."""
    return arriving.arrive(desk, file, today=TODAY)


def trust(desk: Store, key: str, name: str, *officers: str) -> None:
    """Trusts the key of another desk."""
    with desk.change(by=desk.officer, do="partners.trust") as session:
        partners.trust(
            session, kind=PartnerKind.DESK, name=name, recipient=key, by=desk.officer, on=TODAY, officers=officers
        )


def joined(first: Store, folder: Path, name: str, login: str = LOGIN) -> Store:
    """A new desk that has received its first parcel from another."""
    folder.mkdir()
    path = folder / "centre.mrc"
    made = desk_new.make(
        path, join=desk_keys.own(first).recipient, name=name, login=login, password=PASSWORD, settings=folder,
        cost=keys.FLOOR,
    )  # fmt: skip
    trust(first, made.own.recipient, name)
    desk = store.open(path, login=login, password=PASSWORD, settings=folder, waiting=True)
    receive(desk, parcel(first, name))
    return desk


class _Template:
    """Desks of one centre made once for the whole run; every test works on a copy of their files."""

    folder = tempfile.TemporaryDirectory(prefix="mrc-desks-")
    made: ClassVar[dict[int, list[tuple[bytes, bytes, str]]]] = {}


def _build(folder: Path, count_: int) -> list[tuple[bytes, bytes, str]]:
    (folder / "1").mkdir(parents=True)
    made = [make_store(folder / "1", token="computer 1")]
    for number in range(2, count_ + 1):
        made.append(joined(made[0], folder / str(number), f"Desk {number}"))
    told = []
    for one in made:
        with one.plain() as connection:
            told.append((one.key, one.personal, identity.get(connection, "token") or ""))
        one.close()
    return told


@contextmanager
def centre(folder: Path, count_: int = 2) -> Iterator[list[Store]]:
    """Desks of one centre that know each other: the first made the centre, the others joined it."""
    kept = Path(_Template.folder.name) / str(count_)
    if count_ not in _Template.made:
        _Template.made[count_] = _build(kept, count_)
    made = []
    for number, (key, personal, token) in enumerate(_Template.made[count_], 1):
        shutil.copytree(kept / str(number), folder / str(number))
        made.append(Store(folder / str(number) / "centre.mrc", key, LOGIN, token, personal=personal))
    yield made
    for one in made:
        one.close()


def meet(*desks: Store) -> None:
    """Every desk sends to every other and is answered, twice: after the first round each has heard what is missing."""
    for _round in range(2):
        for desk in desks:
            for other in desks:
                if other is not desk:
                    receive(other, parcel(desk, desk_keys.own(other).recipient))
