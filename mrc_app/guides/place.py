"""What is known of the countries of a journey, ready to stand in the guide's sentences: facts, names, numbers to call.

A fact keeps its source, age and weakness; "checked on" is the day a person at a centre confirmed it. A number is only
named where its kind truly answers the sentence; nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from mrc_app.calendars.days import months_after
from mrc_app.corridors import countries
from mrc_app.corridors.catalogue import Corridor
from mrc_app.corridors.facts import Confidence, Fact, Source
from mrc_app.corridors.services import RECHECK_MONTHS
from mrc_app.corridors.values import GuideValue, Measure, Part, guide_values
from mrc_app.guides.kinds import DEPARTURE, Kind
from mrc_app.guides.spoken import has_words, spoken_there
from mrc_app.guides.values import GAP, Origin, Service, Value, day, money, name, number, phone
from mrc_app.guides.words import Words, checked
from mrc_app.i18n import isolate, ltr

_AMOUNTS = {Measure.HOURS: "X.hours_value", Measure.DAYS: "X.days_value", Measure.MONTHS: "X.months_value"}
_ONE = {Measure.HOURS: "X.one_hour", Measure.DAYS: "X.one_day", Measure.MONTHS: "X.one_month"}
_SECTORS = frozenset({"domestic", "seasonal", "private", "residential_support", "other"})

EMBASSIES = frozenset({"embassy", "labour_attache"})
SAFE = frozenset(
    [
        "ngo",
        "union_or_ngo",
        "safe_helper",
        "safest_number",
        "confidential_helper",
        "shelter_or_union",
        "safe_clinic",
        "legal_aid",
    ]
)
"""Names behind which nobody stands who is known to report people without papers."""


@dataclass(frozen=True)
class Centre:
    """The office that prints: its name, its number, and the day somebody checked that number."""

    name: str
    phone: str = ""
    checked: date | None = None


@dataclass(frozen=True)
class Checked:
    """When a person at the centre checked something, and when it must be checked again."""

    on: date
    recheck: date | None = None


@dataclass(frozen=True)
class Place:
    """The countries' values by the name of the place they stand in, whom to call, and the one number to learn."""

    values: dict[str, Value]
    services: tuple[Service, ...]
    one_number: str = ""


def place_values(
    corridor: Corridor,
    words: Words,
    *,
    sector: str = "",
    today: date,
    services: Sequence[Service] = (),
    centre: Centre | None = None,
    confirmations: Mapping[str, Checked] | None = None,
    one_number: str = "",
    afraid: bool = False,
    kind: Kind = DEPARTURE,
) -> Place:
    """Everything the country pack, the office's list and the centre put into a guide for this reader.

    ``afraid``: the person is known to fear her own state; no embassy stands behind a name or in a list then.
    """
    checks = confirmations or {}
    listed = (*_office(centre, services), *services, *_contacts(corridor, words, checks))
    if afraid:
        listed = without_embassy(listed)
    chosen = one_number or _one_number(listed, today)
    values = _facts(corridor, words, sector, today, checks)
    values |= _names(listed, afraid, words, today, kind)
    values |= _countries(corridor, words)
    if centre is not None:
        values["centre"] = name(centre.name)
    if centre is not None and centre.phone:
        values["centre_phone"] = phone(centre.phone)
    if chosen:
        values["one_number"] = phone(chosen)
    if chosen and kind is DEPARTURE:
        values["safe_number"] = phone(chosen)
    return Place(values | _checked(listed, values, words), tuple(listed), chosen)


def without_embassy(services: Iterable[Service]) -> tuple[Service, ...]:
    """The list for somebody who fears her own state: no embassy, no labour attaché."""
    return tuple(one for one in services if one.roles.isdisjoint(EMBASSIES))


def _facts(
    corridor: Corridor, words: Words, sector: str, today: date, checks: Mapping[str, Checked]
) -> dict[str, Value]:
    found = guide_values(corridor, sector or None, today)
    written = {key: _written(value, words, checks) for key, value in found.items()}
    values = {key: value for key, value in written.items() if value is not None}
    if "min_wage" in values and "min_wage" in found:
        values |= _wage_checked(found["min_wage"], words, checks)
    return values


def _wage_checked(value: GuideValue, words: Words, checks: Mapping[str, Checked]) -> dict[str, Value]:
    check = checks.get(value.parts[0].fact.uuid)
    if check is None:
        return {"D5.2.date": Value(GAP, unknown=words.text("X.not_confirmed"))}
    return {"D5.2.date": day(check.on, words.writes)}


def _written(value: GuideValue, words: Words, checks: Mapping[str, Checked]) -> Value | None:
    parts = [text for part in value.parts if (text := _part(part, words)) is not None]
    if not parts:
        return None
    text = ", ".join(parts)
    fact = value.parts[0].fact
    if value.other_sector and fact.sector in _SECTORS:
        text = f"{text} ({words.text(f'X.sector_{fact.sector}')})"
    spoken = [message for part in value.parts for message in _messages(part)]
    language = next((each for message in spoken if not words.is_own(each := words.find(message).language)), None)
    return Value(text, language, origin_of(fact, checks, weak=value.weak))


def _messages(part: Part) -> list[str]:
    """The words of the guide that a part is said with."""
    said = [f"X.per_{part.per}"] if part.per else []
    said += ["X.yes"] if part.measure is Measure.YES_NO else []
    said += [f"X.payer_{part.payer}"] if part.measure is Measure.PAYER else []
    return said + ([_AMOUNTS[part.measure]] if part.measure in _AMOUNTS else [])


def _part(part: Part, words: Words) -> str | None:
    code = words.writes
    if part.measure is Measure.YES_NO:
        return words.text("X.yes" if part.yes else "X.no")
    if part.measure is Measure.PAYER:
        return words.text(f"X.payer_{part.payer}")
    if part.money is not None:
        said = money(part.money, code).text
    elif part.number is None:
        return None
    elif part.measure is Measure.NUMBER:
        said = number(part.number, code).text
    else:
        said = _amount(part, words)
    span = f"{said} / {words.text(f'X.per_{part.per}')}" if part.per else said
    basis = {"gross": "X.wage_gross", "net": "X.wage_net"}.get(part.basis)
    return isolate(f"{span} ({words.text(basis)})" if basis else span)


def _amount(part: Part, words: Words) -> str:
    if part.number == 1:
        return words.text(_ONE[part.measure])
    return words.text(_AMOUNTS[part.measure], n=number(part.number or 0, words.writes).text)


def origin_of(fact: Fact, checks: Mapping[str, Checked], *, weak: bool) -> Origin:
    """Where a fact comes from, how old it is, and who checked it when."""
    check = checks.get(fact.uuid)
    return _origin(fact.source, fact.as_of, check, weak=weak)


def _origin(source: Source, as_of: str, check: Checked | None, *, weak: bool) -> Origin:
    published = source.published or as_of
    return Origin(
        source.title, source.url, published, weak, check.on if check else None, check.recheck if check else None
    )


def _office(centre: Centre | None, services: Sequence[Service]) -> Iterable[Service]:
    """The centre's own number, unless the office's list has it already."""
    if centre is None or not centre.phone or any("centre" in service.roles for service in services):
        return
    again = months_after(centre.checked, RECHECK_MONTHS) if centre.checked else None
    yield Service(
        centre.name, centre.phone, "origin", confirmed=centre.checked, recheck=again, roles=frozenset({"centre"})
    )


def _contacts(corridor: Corridor, words: Words, checks: Mapping[str, Checked]) -> Iterable[Service]:
    for contact in corridor.contacts:
        check = checks.get(contact.uuid)
        spoken, told = spoken_there(contact.languages, words.writes)
        yield Service(
            name=contact.name,
            number=contact.value,
            side=str(contact.side),
            hours=contact.hours or None,
            languages=spoken or None,
            said_in=None if told and not has_words(contact.hours) else "en",
            confirmed=check.on if check else None,
            recheck=check.recheck if check else None,
            roles=frozenset({contact.kind} if contact.kind else ()),
            origin=_origin(contact.source, contact.as_of, check, weak=contact.confidence is Confidence.LOW),
        )


def _names(services: Sequence[Service], afraid: bool, words: Words, today: date, guide: Kind) -> dict[str, Value]:
    found: dict[str, Value] = {}
    ordered = sorted(services, key=lambda one: not one.fresh(today))
    for place, kinds in guide.roles.items():
        able = [one for one in ordered if place not in SAFE or one.safe_without_papers is not False]
        service = next((one for side, kind in kinds for one in able if _is(one, side, kind, afraid)), None)
        if service is not None:
            found[place] = _called(service, words, today)
            found |= {f"{line}.{place}": replace(found[place], text=isolate(service.name)) for line in guide.name_only}
    return found


def _is(service: Service, side: str, kind: str, afraid: bool) -> bool:
    if afraid and kind in EMBASSIES:
        return False
    return service.side == side and kind in service.roles and bool(service.number)


def _called(service: Service, words: Words, today: date) -> Value:
    note = "" if service.fresh(today) else " · ".join(checked(words, service.confirmed, service.recheck, today))
    text = f"{isolate(service.name)} {ltr(service.number)}"
    return Value(text, service.language, service.origin, "" if service.origin else note)


def _one_number(services: Sequence[Service], today: date) -> str:
    fresh = [service for service in services if service.fresh(today)]
    centre = [service for service in fresh if "centre" in service.roles]
    return next((service.number for service in (*centre, *fresh)), "")


def _countries(corridor: Corridor, words: Words) -> dict[str, Value]:
    code = words.writes
    return {
        "country": name(countries.name(corridor.destination, code)),
        "origin": name(countries.name(corridor.origin, code)),
    }


def _checked(services: Iterable[Service], values: Mapping[str, Value], words: Words) -> dict[str, Value]:
    """The oldest check of anything printed, and the first day something must be checked again."""
    origins = [value.origin for value in values.values() if value.origin]
    checks = [(each.confirmed, each.recheck) for each in services]
    checks += [(each.confirmed, each.recheck) for each in origins]
    days = [confirmed for confirmed, _ in checks if confirmed]
    again = [recheck for _, recheck in checks if recheck]
    code = words.writes
    found = {"checked_on": day(min(days), code)} if days else {}
    return found | ({"recheck_on": day(min(again), code)} if again else {})
