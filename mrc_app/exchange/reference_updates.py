"""Reference updates: the packs that came, and what a supervisor decides about them. Each decision can be taken back,
and with it come the former values.

For the screen: ``listed`` and ``shown`` tell what there is and what it changes, ``accept``, ``reject`` and ``revert``
decide, ``accepted.to_review`` (corridors) names what the centre confirmed or wrote over and has to look at again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session, col, select

from mrc_app.casework import assessments, providers
from mrc_app.casework.assessments import Assessment, Survey
from mrc_app.casework.instruments import Instrument
from mrc_app.casework.providers import Provider
from mrc_app.corridors import reference_packs
from mrc_app.corridors.reference_packs import ItemKind, PackState, ReferenceItem, ReferencePack
from mrc_app.errors import Invalid, MrcError, Problem
from mrc_app.exchange import partners, reference_files
from mrc_app.exchange import reference_differences as differences
from mrc_app.exchange.partners import PartnerKind
from mrc_app.exchange.reference_differences import Change
from mrc_app.i18n import N_
from mrc_app.store.roles import May, needs

# -- Words

ACCEPTED_BEFORE = N_("This pack was accepted already.")
NOT_ACCEPTED = N_("This pack was not accepted: there is nothing to take back.")
DECIDED = N_("This pack was decided on already.")
NEWER = N_("Version {version} of {series} was accepted already; this one is older.")
NOT_TRUSTED = N_("The key of {name} is not trusted as a ministry or a headquarters any more.")
NO_REASON = N_("Write why.")
LATER_FIRST = N_("Version {version} of {series} was accepted after this one: take it back first.")
NO_PACK = N_("There is no reference pack “{pack}”.")
SEVERAL = N_("Several reference packs are called “{pack}”. Give more of it.")
KEPT_OURS = N_("{name} was changed here since; it stays as it is.")
KEPT_ANSWERED = N_("{name} was answered already; it stays, so that the answers can be read.")
CONTACT = ("confirmed_on", "confirmed_by", "recheck_on")


@dataclass(frozen=True)
class Listed:
    """One pack in a list."""

    pack: ReferencePack
    items: tuple[tuple[ItemKind, str], ...]

    def told(self) -> dict[str, Any]:
        """As a program is told it."""
        one = self.pack
        return {
            "id": one.uuid, "from": one.publisher_name, "publisher": one.publisher, "series": one.series,
            "version": one.version, "state": one.state.value,
            "decided_on": one.decided_on or None, "decided_by": one.decided_by or None, "because": one.because or None,
            "items": [{"kind": kind.value, "item": code} for kind, code in self.items],
        }  # fmt: skip


# -- Actions


@needs(May.REFERENCE)
def accept(session: Session, pack: ReferencePack, *, by: str, on: date, because: str = "") -> None:
    """From now on the pack's values count here. Raises MrcError for one that is accepted already, older than the
    accepted one, or of a key that is not trusted any more; CannotRead for one written for a newer program."""
    if pack.state is PackState.ACCEPTED:
        raise MrcError(ACCEPTED_BEFORE)
    same = [one.version for one in _accepted_of(session, pack)]
    if same and max(same) > pack.version:
        raise MrcError(NEWER, version=max(same), series=pack.series)
    partner = partners.by_recipient(session, pack.publisher)
    if partner is None or partner.kind not in (PartnerKind.MINISTRY, PartnerKind.HEADQUARTERS):
        raise MrcError(NOT_TRUSTED, name=pack.publisher_name)
    for kept in reference_packs.items(session, pack.uuid):
        item = reference_files.again(kept.kind, kept.code, kept.text)
        if kept.kind is ItemKind.PROVIDERS:
            kept.applied = {"services": [_enter(session, pack, one) for one in _services(item)]}
        elif kept.kind is ItemKind.INSTRUMENT:
            kept.applied = _load(session, kept, item, by, on)
        session.add(kept)
    place = 1 + max((one.place for one in reference_packs.packs(session)), default=0)
    _decide(session, pack, PackState.ACCEPTED, by, on, because, place=place)


@needs(May.REFERENCE)
def reject(session: Session, pack: ReferencePack, *, by: str, on: date, because: str) -> None:
    """The pack changes nothing here; the reason is kept. Raises Invalid(because=), MrcError."""
    if pack.state is not PackState.RECEIVED:
        raise MrcError(DECIDED)
    if not because.strip():
        raise Invalid(because=Problem(NO_REASON))
    _decide(session, pack, PackState.REJECTED, by, on, because)


@needs(May.REFERENCE)
def revert(session: Session, pack: ReferencePack, *, by: str, on: date, because: str) -> list[Problem]:
    """Takes an accepted pack back: the former values count again. Returns what could not be brought back, because it
    was changed or used here since. Raises Invalid(because=), MrcError."""
    if pack.state is not PackState.ACCEPTED:
        raise MrcError(NOT_ACCEPTED)
    if not because.strip():
        raise Invalid(because=Problem(NO_REASON))
    after = [one for one in _accepted_of(session, pack) if one.place > pack.place]
    if after:
        raise MrcError(LATER_FIRST, version=max(one.version for one in after), series=pack.series)
    told: list[Problem] = []
    for kept in reference_packs.items(session, pack.uuid):
        for row in reversed(kept.applied.get("services", [])):
            told += _leave(session, row)
        if kept.applied.get("survey"):
            told += _unload(session, str(kept.applied["survey"]))
        kept.applied = {}
        session.add(kept)
    _decide(session, pack, PackState.REVERTED, by, on, because)
    return told


def _accepted_of(session: Session, pack: ReferencePack) -> list[ReferencePack]:
    """The accepted packs of the same series."""
    found = reference_packs.packs(session, PackState.ACCEPTED)
    return [one for one in found if (one.publisher, one.series) == (pack.publisher, pack.series)]


def _decide(
    session: Session, pack: ReferencePack, state: PackState, by: str, on: date, because: str, *, place: int = 0
) -> None:
    pack.state, pack.decided_on, pack.decided_by = state, on.isoformat(), by
    pack.because, pack.place = because.strip()[:2000], place
    session.add(pack)
    session.flush()


def _services(item: reference_files.Item) -> tuple[reference_files.Service, ...]:
    assert isinstance(item.content, tuple)
    return item.content


def _enter(session: Session, pack: ReferencePack, service: reference_files.Service) -> dict[str, Any]:
    """Writes a service into the directory; what stood there before is returned to be kept."""
    there = differences.standing(session, pack.publisher, service)
    before = _whole(there) if there is not None else None
    if there is None:
        uuid = differences.service_uuid(pack.publisher, service.id)
        hidden = session.exec(select(Provider).where(Provider.uuid == uuid)).first()
        there = hidden or Provider(uuid=uuid, **dict(service.kept))
        there.gone = False
        session.add(there)
    providers.amend(session, there, changes=dict(service.kept))
    return {"id": service.id, "provider": there.uuid, "before": before, "after": _whole(there)}


def _whole(provider: Provider) -> dict[str, Any]:
    confirmed = {name: value and str(value) for name in CONTACT if (value := getattr(provider, name)) is not None}
    return {**differences.values(provider), **confirmed}


def _leave(session: Session, row: Mapping[str, Any]) -> list[Problem]:
    """Brings a service back to what it was, unless somebody changed it here since."""
    provider = session.exec(select(Provider).where(Provider.uuid == row["provider"])).first()
    if provider is None or provider.gone:
        return []
    if _whole(provider) != row["after"]:
        return [Problem(KEPT_OURS, {"name": provider.name})]
    before = row["before"]
    if before is None:
        providers.remove(session, provider)
        return []
    changes = {name: value for name, value in before.items() if name in providers.PROVIDER}
    providers.amend(session, provider, changes=changes)
    provider.confirmed_by = before.get("confirmed_by")
    for name in ("confirmed_on", "recheck_on"):
        setattr(provider, name, date.fromisoformat(before[name]) if before.get(name) else None)
    session.add(provider)
    session.flush()
    return []


def _load(session: Session, kept: ReferenceItem, item: reference_files.Item, by: str, on: date) -> dict[str, Any]:
    made = item.content
    assert isinstance(made, Instrument)
    if (made.id, made.version) in differences.instruments_here(session):
        return {}
    assessments.load(session, document=kept.text, on=on, by=by)
    loaded = session.exec(select(Survey).where(Survey.code == made.id, Survey.version == made.version)).all()
    return {"survey": loaded[-1].uuid}


def _unload(session: Session, uuid: str) -> list[Problem]:
    survey = session.exec(select(Survey).where(Survey.uuid == uuid)).first()
    if survey is None:
        return []
    asked = select(Assessment.uuid).where(Assessment.instrument == survey.code, Assessment.version == survey.version)
    if session.exec(asked.where(col(Assessment.gone).is_(False)).limit(1)).first() is not None:
        return [Problem(KEPT_ANSWERED, {"name": survey.code})]
    survey.gone = True
    session.add(survey)
    session.flush()
    return []


# -- Questions


@needs(May.EXCHANGE)
def listed(session: Session, state: PackState | None = None) -> list[Listed]:
    """The packs that came, with what they hold."""
    return [
        Listed(one, tuple((kept.kind, kept.code) for kept in reference_packs.items(session, one.uuid)))
        for one in reference_packs.packs(session, state)
    ]


@needs(May.EXCHANGE)
def shown(session: Session, pack: ReferencePack) -> list[Change]:
    """The difference of a pack beside what holds without it, ready to be read. Raises CannotRead."""
    return differences.difference(session, pack)


@needs(May.EXCHANGE)
def by_name(session: Session, text: str) -> ReferencePack:
    """A pack by the start of its id, or by series, or by series and version ("facts 3"). Raises Invalid(pack=)."""
    wanted = text.strip()
    known = reference_packs.packs(session)
    same = [one for one in known if wanted in (one.uuid, f"{one.series} {one.version}")]
    same = same or [one for one in known if one.series == wanted]
    same = same or [one for one in known if len(wanted) >= 6 and one.uuid.startswith(wanted.lower())]
    if len(same) == 1:
        return same[0]
    raise Invalid(pack=Problem(SEVERAL if same else NO_PACK, {"pack": text[:80]}))
