"""Makers: a real store, and records with valid defaults. Everything in here is invented."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session

from mrc_app.casework import clients, journeys
from mrc_app.casework.clients import Client
from mrc_app.casework.consents import How, Said, State
from mrc_app.casework.journeys import Journey
from mrc_app.store import keys, making
from mrc_app.store.centre import Store

PASSWORD = "seven blue donkeys"
LOGIN = "meseret"
TODAY = date(2026, 11, 20)
OFFICER = "0" * 31 + "1"
YES = Said(State.GIVEN, How.THUMB, "am")
NO = Said(State.REFUSED)


class _Template:
    """One centre made for the whole run; every test works on a copy of its files."""

    folder = tempfile.TemporaryDirectory(prefix="mrc-template-")
    key = personal = b""


def make_store(folder: Path, *, token: str = "this computer", **over: Any) -> Store:
    """A new centre in a folder, open, with cheap password guesses. Another ``token`` is another computer."""
    made = Path(_Template.folder.name) / "centre.mrc"
    if over:
        return new_store(folder, token=token, **over)
    if not made.exists():
        with closing(new_store(made.parent)) as first:
            _Template.key, _Template.personal = first.key, first.personal
    for name in (made.name, keys.beside(made).name):
        shutil.copyfile(made.parent / name, folder / name)
    return Store(folder / made.name, _Template.key, LOGIN, token, personal=_Template.personal)


def new_store(folder: Path, **over: Any) -> Store:
    """A centre made from nothing, with its own key, desk and people."""
    typed: dict[str, Any] = {
        "centre": "MIC Bahir Dar",
        "country": "ET",
        "desk": "Desk 1",
        "officer": "Meseret",
        "login": LOGIN,
        "password": PASSWORD,
        "languages": ["am", "en"],
        "token": "this computer",
        "cost": keys.FLOOR,
    }
    made, _sheet = making.make(folder / "centre.mrc", **{**typed, **over})
    return made


def make_client(session: Session, **over: Any) -> Client:
    """A registered client who agreed to a record and to be counted."""
    typed: dict[str, Any] = {
        "desk_code": "BD1",
        "by": OFFICER,
        "on": TODAY,
        "call_name": "Tigist",
        "record": YES,
        "statistics": YES,
        "home": "ET",
    }
    return clients.register(session, **{**typed, **over})


def make_journey(session: Session, client: Client, **over: Any) -> Journey:
    """A planned journey from Ethiopia to Saudi Arabia."""
    typed: dict[str, Any] = {"origin": "ET", "destination": "SA", "on": TODAY, "by": OFFICER}
    return journeys.plan(session, client=client.uuid, **{**typed, **over})


__all__ = [
    "LOGIN",
    "NO",
    "OFFICER",
    "PASSWORD",
    "TODAY",
    "YES",
    "make_client",
    "make_journey",
    "make_store",
    "new_store",
]


def first_and_last(steps: Sequence[str]) -> list[Any]:
    """Every step at which something is killed: first and last in the ordinary run, all of them in the long one."""
    return [
        step if place in (0, len(steps) - 1) else pytest.param(step, marks=pytest.mark.long)
        for place, step in enumerate(steps)
    ]
