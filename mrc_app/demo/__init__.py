"""An invented centre: the people of the ten working days, and synthetic clients with names in their own scripts.

For first run, screenshots, tests and benchmarks. Nobody in it exists; every number is drawn from one seed.
"""

from __future__ import annotations

import random
import tomllib
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mrc_app.demo.lives import Lives, Someone
from mrc_app.errors import MrcError
from mrc_app.i18n import N_, language
from mrc_app.places import RESOURCES
from mrc_app.store import leftovers

if TYPE_CHECKING:
    from sqlmodel import Session

    from mrc_app.casework.clients import Client
    from mrc_app.store.bulk import Batch
    from mrc_app.store.centre import Store

TODAY = date(2026, 11, 21)
LOGIN, OFFICER = "meseret", "Meseret (invented)"
PASSWORD_WORDS = (
    "river",
    "lantern",
    "saffron",
    "basket",
    "window",
    "pepper",
    "harvest",
    "copper",
    "meadow",
    "thread",
)
OTHER_WORK = ("construction", "agriculture", "manufacturing")
ISCO = {
    "domestic": ("9111", "5152"), "construction": ("9313", "7112"), "agriculture": ("9211", "6111"),
    "manufacturing": ("8153", "3122"),
}  # fmt: skip
HOME = "ET"
AT_ONCE = 5000
"""Clients registered in one unit of work."""


@dataclass(frozen=True)
class Demo:
    """What was made: the centre file, who signs in, where the password lies, and how many clients there are."""

    centre: Path
    user: str
    password_file: Path
    clients: int
    sheet_file: Path


@dataclass(frozen=True)
class People:
    """One country's names (Latin = native spelling) and where its people go."""

    country: str
    language: str
    script: str
    destinations: list[str]
    districts: list[str]
    women: list[str]
    men: list[str]
    families: list[str]


@dataclass
class Invented:
    """One synthetic client: what she says of herself, her journey, and the talks with her."""

    client: dict[str, Any]
    on: date
    journey: dict[str, Any] | None = None
    contacts: list[dict[str, Any]] = field(default_factory=list)
    statistics: str = "given"


def make(
    folder: Path,
    *,
    clients: int = 300,
    seed: int = 1,
    languages: list[str] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Demo:
    """Makes the centre in ``folder``, or nothing. Raises MrcError when there is one, Invalid for a strange language."""
    from mrc_app import store

    if clients < 0:
        raise MrcError(N_("A number of clients cannot be negative."))
    chosen = [language(code).code for code in languages or []]
    centre, password_file = folder / "demo.mrc", folder / "password.txt"
    if centre.exists():
        raise MrcError(N_("There is a centre in “{folder}” already."), folder=folder)
    folder.mkdir(parents=True, exist_ok=True)
    dice = random.Random(seed)  # noqa: S311 - invented people, not secrets
    password = "-".join(dice.sample(PASSWORD_WORDS, 4))
    desk, sheet = store.create(
        centre, centre="Migrant Information Centre (invented)", country="ET", desk="Desk 1", officer=OFFICER,
        login=LOGIN, password=password, languages=["am", "en", "fr", "ar"],
    )  # fmt: skip
    with leftovers.undone(lambda: leftovers.remove(folder.glob("demo.*"))), closing(desk):
        told = _stories(desk)
        lives = Lives(desk, TODAY, random.Random(seed))  # noqa: S311 - invented people
        _register_many(desk, synthetic(dice, clients, chosen), clients, progress, lives)
        with desk.change(by=desk.officer, do="demo.make") as session:
            lives.finish(session)
    password_file.write_text(password + "\n", "utf-8")
    (folder / "user.txt").write_text(LOGIN + "\n", "utf-8")
    (folder / "recovery-sheet.txt").write_text(sheet + "\n", "utf-8")
    return Demo(centre, LOGIN, password_file, told + clients, folder / "recovery-sheet.txt")


def synthetic(dice: random.Random, count: int, languages: list[str] | None = None) -> Iterator[Invented]:
    """Invented clients; only speakers of ``languages`` where the name lists know any."""
    people = [People(**row) for row in tomllib.loads((RESOURCES / "demo" / "names.toml").read_text("utf-8"))["people"]]
    chosen = [group for group in people if not languages or group.language in languages] or people
    weights = [6 if group.country == "ET" else 2 for group in chosen]
    for _ in range(count):
        yield _invent(dice, dice.choices(chosen, weights)[0])


def _invent(dice: random.Random, group: People) -> Invented:
    woman = dice.random() < 0.62
    given, given_native = _split(dice.choice(group.women if woman else group.men))
    father, father_native = _split(dice.choice(group.families))
    native = "" if group.script == "Latin" else f"{given_native} {father_native}"
    on = TODAY - timedelta(days=int(dice.triangular(0, 720, 60)))
    kind = dice.choices(["potential", "abroad", "returnee", "family"], [55, 15, 24, 6])[0]
    client: dict[str, Any] = {
        "call_name": given, "given": given, "father": father, "native": native,
        "sex": "female" if woman else "male", "birth": _birth(dice, on), "language": group.language,
        "nationality": group.country, "origin_country": group.country, "district": dice.choice(group.districts),
        "kind": kind, "stage": {"abroad": "destination", "returnee": "return"}.get(kind, "origin"),
    }  # fmt: skip
    if dice.random() < 0.7:
        client |= {"cover_text": dice.choice(["the sewing course", "the seed shop", "a friend from school"])}
    work = "domestic" if woman and dice.random() < 0.7 else dice.choice(OTHER_WORK)
    journey = {"origin": group.country, "destination": dice.choice(group.destinations), "sector": work}
    journey["isco"] = ISCO[work][on.toordinal() % 2]
    made = Invented(client, on, journey if kind != "family" and dice.random() < 0.85 else None)
    made.statistics = "refused" if on.toordinal() % 19 == 0 else "given"
    for turn in range(dice.randint(0, 3)):
        day = min(on + timedelta(days=dice.randint(0, 20) * turn), TODAY)
        made.contacts.append(_contact(dice, day))
    return made


def _birth(dice: random.Random, on: date) -> dict[str, Any] | None:
    years = int(dice.triangular(18, 52, 25))
    match dice.choices(["date", "year", "age", "none"], [40, 25, 28, 7])[0]:
        case "date":
            return {"date": (on - timedelta(days=years * 365 + dice.randint(1, 360))).isoformat()}
        case "year":
            return {"year": on.year - years}
        case "age":
            return {"age": years, "estimated": True}
    return None


def _contact(dice: random.Random, on: date) -> dict[str, Any]:
    from mrc_app.casework.counselling_words import Mode, Topic

    return {
        "on": on,
        "mode": dice.choice([Mode.CENTRE, Mode.PHONE, Mode.OUTREACH]),
        "minutes": dice.choice([10, 15, 20, 30, 45, 60]),
        "topics": tuple(dice.sample(list(Topic), dice.randint(1, 3))),
    }


def _split(pair: str) -> tuple[str, str]:
    latin, _equals, native = pair.partition(" = ")
    return latin, native or latin


def _register_many(
    desk: Store,
    people: Iterator[Invented],
    total: int,
    progress: Callable[[int, int], None] | None,
    lives: Lives | None = None,
) -> None:
    from mrc_app.store import bulk

    done = 0
    with bulk.adding(desk, by=desk.officer, do="demo.make") as adding:
        while some := list(islice(people, AT_ONCE)):
            with adding.batch() as batch:
                there = [_add(batch, desk, person) for person in some]
                if lives:
                    if not done:
                        lives.begin(batch)
                    for one in there:
                        lives.add(batch, one)
            done += len(some)
            if progress:
                progress(done, total)


def _add(batch: Batch, desk: Store, person: Invented) -> Someone:
    """The records that registering her, planning her journey and recording the talks would make (see ``_keep``)."""
    from mrc_app.casework import client_fields, consents, counselling, fields, journeys

    on, by = person.on, desk.officer
    client = batch.add(
        "client", number=batch.number(desk.desk_code, on.year), registered_on=on, registered_by=by,
        **client_fields.checked(person.client, on=on, home=HOME),
    )  # fmt: skip
    answers = {consents.Purpose.RECORD: "given", consents.Purpose.STATISTICS: person.statistics}
    journey = None
    for purpose, answer in answers.items():
        said = consents.Said(consents.State(answer), consents.How.SIGNED, language="am")
        batch.add("consent", client=client, purpose=purpose, asked_by=by, given_on=on, **vars(said))
    if person.journey:
        planned = journeys.checked(_money(person.journey))
        journey = batch.add("journey", client=client, stage_on=on, **planned)
        batch.add("journeystep", client=client, journey=journey, on=on, by=by)
    for contact in person.contacts:
        typed = {name: value for name, value in contact.items() if name != "on"}
        kept = fields.checked(counselling.CONTACT, typed)
        batch.add("contact", client=client, on=contact["on"], officer=by, **kept)
    return Someone(client, journey, person)


def _keep(
    session: Session,
    desk: Store,
    typed: Mapping[str, Any],
    on: date,
    journey: Mapping[str, Any] | None,
    contacts: list[dict[str, Any]],
    statistics: str = "given",
) -> Client:
    from mrc_app.casework import agenda, clients, consents, counselling, journeys

    def said(state: str) -> consents.Said:
        return consents.Said(consents.State(state), consents.How.SIGNED, language="am")

    client = clients.register(
        session, desk_code=desk.desk_code, by=desk.officer, on=on, home=HOME, record=said("given"),
        statistics=said(statistics), **typed,
    )  # fmt: skip
    if journey:
        journeys.plan(session, client=client.uuid, on=on, by=desk.officer, **_money(journey))
    for contact in contacts:
        follow_up = contact.pop("follow_up_on", None)
        kept = counselling.record(session, client=client.uuid, officer=desk.officer, follow_up_on=follow_up, **contact)
        if follow_up:
            agenda.follow_up(session, kept, by=desk.officer)
    return client


def _money(journey: Mapping[str, Any]) -> dict[str, Any]:
    from mrc_app.money import Money

    typed = dict(journey)
    if "wage_currency" in typed:
        typed["wage"] = Money.of(typed["wage"], typed.pop("wage_currency"))
    return typed


def _stories(desk: Store) -> int:
    """Registers the people of the ten working days; returns how many."""
    from mrc_app.casework import consents
    from mrc_app.demo.enacted import enact
    from mrc_app.store import restrictions

    people = tomllib.loads((RESOURCES / "demo" / "stories.toml").read_text("utf-8"))["person"]
    made: dict[str, str] = {}
    for person in people:
        on = date.fromisoformat(person["on"])
        answers = person.get("consents", {})
        contacts = [_dated(contact) for contact in person.get("contacts", [])]
        with desk.change(by=desk.officer, do="demo.make") as session:
            client = _keep(
                session,
                desk,
                person["client"],
                on,
                person.get("journey"),
                contacts,
                answers.get("statistics", "given"),
            )
            made[person["key"]] = client.uuid
            for name, state in answers.items():
                purpose = consents.Purpose[name.upper()]
                if purpose is not consents.Purpose.STATISTICS:
                    answer = consents.Said(consents.State(state), consents.How.SIGNED, language="am")
                    consents.ask(session, client=client.uuid, purpose=purpose, said=answer, by=desk.officer, on=on)
            if person.get("restricted"):
                restrictions.restrict(session, client=client.uuid, officers=[desk.officer], since=f"{on}T08:00:00Z")
    enact(desk, made)
    return len(people)


def _dated(contact: Mapping[str, Any]) -> dict[str, Any]:
    return {
        key: date.fromisoformat(value) if key in ("on", "follow_up_on") else value for key, value in contact.items()
    }
