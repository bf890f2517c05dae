"""Linkage keys (tier LINK): keyed hashes by which a ministry's linkage unit finds one person in two centres. Only for
who agreed to be shared with the ministry by name, under the ministry's key of the year, in a file of its own.

Whoever has the key can try names: the tier is off until an agreement and a consent ask for it.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterator
from hashlib import sha256
from itertools import combinations

from sqlmodel import Session, col, select

from mrc_app.casework import client_keys, clients, duplicates
from mrc_app.casework.client_keys import Person
from mrc_app.casework.client_sounds import units
from mrc_app.casework.clients import Client
from mrc_app.casework.consents import Consent, Purpose
from mrc_app.exchange.ministry_export_flows import Asked
from mrc_app.exchange.ministry_export_tables import Row


def agreed(asked: Asked) -> tuple[list[str], set[str]]:
    """Of everybody served in the period: who agreed to be shared by name, in every one of her records, and who not."""
    answers: dict[str, dict[str, list[Consent]]] = {key: {} for key in asked.served}
    kept = select(Consent).where(col(Consent.gone).is_(False)).order_by(col(Consent.id))
    for one in asked.session.exec(kept):
        key = asked.counting.people.of.get(one.client, "")
        if key in answers:
            answers[key].setdefault(one.client, []).append(one)
    yes = {
        key for key, hers in answers.items() if duplicates.permits(hers.values(), Purpose.MINISTRY, None, asked.today)
    }
    return sorted(yes), asked.served - yes


def rows(asked: Asked, keys: list[str], ids: dict[str, str], secret: bytes, year: int) -> list[Row]:
    """The keys of everybody who agreed, each once, sorted."""
    records: dict[str, list[Client]] = {}
    for key, client in _records(asked.session, asked, keys):
        records.setdefault(key, []).append(client)
    found = {
        (ids[key], kind, hmac.new(secret, f"{kind}|{value}".encode(), sha256).hexdigest())
        for key in keys
        for client in records.get(key, [])
        for kind, value in linkage_keys(clients.as_person(client))
    }
    return [
        {"linkage_id": who, "key_type": kind, "key_hmac": digest, "key_version": str(year)}
        for who, kind, digest in sorted(found)
    ]


def _records(session: Session, asked: Asked, keys: list[str]) -> Iterator[tuple[str, Client]]:
    wanted = set(keys)
    for client in session.exec(select(Client).where(col(Client.gone).is_(False)).order_by(col(Client.uuid))):
        key = asked.counting.people.of.get(client.uuid, "")
        if key in wanted:
            yield key, client


def linkage_keys(person: Person) -> Iterator[tuple[str, str]]:
    """The values that are hashed: P passport; T phone and a name; A two names, year of birth, sex; B two names,
    district, sex; C three names. Names stand as they sound, in the order of the letters."""
    if person.passport:
        yield "P", person.passport
    sounds = _sounds(person)
    if person.phone:
        yield from (("T", f"{person.phone}|{one}") for one in sounds)
    for pair in combinations(sounds, 2):
        two = "|".join(pair)
        yield from (("A", f"{two}|{year}|{person.sex}") for year in client_keys.years(person.birth))
        if person.district:
            yield "B", f"{two}|{person.district}|{person.sex}"
    yield from (("C", "|".join(three)) for three in combinations(sounds, 3))


def _sounds(person: Person) -> list[str]:
    """Each word of the first line of her name, as it sounds."""
    line = person.lines[0] if person.lines else ()
    found = {unit.heard.readings[0].skeleton for unit in units(*line) if len(unit.places) == 1 and unit.heard.readings}
    return sorted(one for one in found if one)
