"""What a reference pack would change here: new, changed from one value to another, gone; with source, age and
confidence, and whether the centre has something of its own on it that comes up for review."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, select

from mrc_app.casework import providers
from mrc_app.casework.assessments import Survey
from mrc_app.casework.instruments import Instrument
from mrc_app.casework.providers import Provider
from mrc_app.corridors import accepted, overrides, reference_packs
from mrc_app.corridors.catalogue import Contact, Corridor, Entry
from mrc_app.corridors.confirmations import Confirmation
from mrc_app.corridors.facts import Fact
from mrc_app.corridors.reference_packs import ItemKind, ReferencePack
from mrc_app.exchange import reference_files
from mrc_app.exchange.reference_files import GuideWords, Item, Service
from mrc_app.i18n import N_, Catalog, Labelled


class How(Labelled):
    """What happens to one thing."""

    NEW = "new", N_("new")
    CHANGED = "changed", N_("changed")
    GONE = "gone", N_("not there any more")


@dataclass(frozen=True)
class Change:
    """One line of the difference. ``item`` is the corridor or list, ``what`` the fact; ``before`` and ``after`` are
    what is shown. ``as_of`` is the source's own date, where it has one, ``read_on`` the day it was read.
    ``review``: the centre confirmed it or wrote its own value over it."""

    kind: ItemKind
    item: str
    what: str
    how: How
    before: str = ""
    after: str = ""
    source: str = ""
    source_url: str = ""
    as_of: str = ""
    confidence: str = ""
    read_on: str = ""
    review: bool = False
    id: str = ""

    def told(self) -> dict[str, Any]:
        """As a program is told it."""
        return {
            "kind": self.kind.value, "item": self.item, "what": self.what, "how": self.how.value,
            "before": self.before or None, "after": self.after or None, "source": self.source or None,
            "source_url": self.source_url or None, "as_of": self.as_of or None,
            "confidence": self.confidence or None, "read_on": self.read_on or None, "review": self.review,
            "id": self.id or None,
        }  # fmt: skip


def difference(session: Session, pack: ReferencePack) -> list[Change]:
    """What accepting a pack changes, or has changed, beside what holds without it. Raises CannotRead for a pack written
    for a newer version of this program."""
    found: list[Change] = []
    for kept in reference_packs.items(session, pack.uuid):
        item = reference_files.again(kept.kind, kept.code, kept.text)
        found += _SHOWN[kept.kind](session, pack, item, kept.applied)
    own = _own(session)
    return [_reviewed(one) if one.id in own else one for one in found]


def _own(session: Session) -> set[str]:
    asked = select(Confirmation.fact).where(col(Confirmation.gone).is_(False))
    return {one.uuid for one in overrides.overrides(session)} | set(session.exec(asked))


def _reviewed(one: Change) -> Change:
    from dataclasses import replace

    return replace(one, review=True)


# -- corridors

Thing = Fact | Contact | Entry


def _corridor(session: Session, pack: ReferencePack, item: Item, applied: Mapping[str, Any]) -> list[Change]:
    del applied
    now, then = item.content, accepted.without_overrides(session, item.code, but=pack.uuid)
    assert isinstance(now, Corridor)
    was, comes = _things(then), _things(now)
    rows = [
        _change(item, key, was.get(key), comes.get(key))
        for key in dict.fromkeys((*comes, *was))
        if _said(was.get(key)) != _said(comes.get(key))
    ]
    return [*_head(item, then, now), *rows]


def _things(found: Corridor) -> dict[str, Thing]:
    things: dict[str, Thing] = {one.uuid: one for one in found.facts}
    things.update({one.uuid: one for one in found.contacts})
    for table in ("documents", "laws", "bodies"):
        things.update({f"{table} {one.name}": one for one in getattr(found, table)})
    return things


def _said(one: Thing | None) -> tuple[str, ...]:
    """Everything of a fact that counts or is shown beside it."""
    if one is None:
        return ()
    shared = (one.as_of, one.confidence.value, one.source.title, one.source.url, one.note)
    more: tuple[str, ...]
    if isinstance(one, Fact):
        more = (one.value_text, one.valid_to, str(one.superseded), one.legal_basis)
    elif isinstance(one, Contact):
        more = (one.value, one.hours, one.languages, one.kind)
    else:
        more = tuple(f"{name}={value}" for name, value in sorted(one.detail.items()))
    return (*more, *shared)


def _shown(one: Thing | None) -> str:
    if one is None:
        return ""
    if isinstance(one, Fact):
        parts = (one.value_text, one.currency, one.unit if one.unit not in ("bool", "money") else "")
        said = " ".join(filter(None, parts))
        until = f" – {one.valid_to}" if one.valid_to else ""
        return f"{said} ({one.valid_from}{until})" if one.valid_from or until else said
    return one.value if isinstance(one, Contact) else one.name


def _change(item: Item, key: str, was: Thing | None, comes: Thing | None) -> Change:
    how = How.NEW if was is None else How.GONE if comes is None else How.CHANGED
    one = comes or was
    assert one is not None
    if isinstance(one, Fact):
        what = " · ".join(
            filter(None, (one.key, one.sector, one.side.value, one.claim, one.note if one.is_zone else ""))
        )
    else:
        what = one.name
    id = key if isinstance(one, Fact | Contact) else ""
    return Change(
        ItemKind.CORRIDOR, item.code, what, how, _shown(was), _shown(comes), one.source.title, one.source.url,
        one.as_of or one.source.published, one.confidence.value, one.source.seen, id=id,
    )  # fmt: skip


def _head(item: Item, then: Corridor, now: Corridor) -> list[Change]:
    """Whether the corridor is open, and its age."""
    said = []
    for what, was, comes in (
        ("status", then.status if then.known else "", now.status),
        ("compiled", str(then.compiled or ""), str(now.compiled or "")),
    ):
        if was != comes:
            source = now.status_source if what == "status" else None
            said.append(Change(
                ItemKind.CORRIDOR, item.code, what, How.CHANGED if was else How.NEW, was, comes,
                source.title if source else "", source.url if source else "", now.status_as_of if source else "",
            ))  # fmt: skip
    return said


# -- services, instruments, words


def _providers(session: Session, pack: ReferencePack, item: Item, applied: Mapping[str, Any]) -> list[Change]:
    services = item.content
    assert isinstance(services, tuple)
    before = {one["id"]: one["before"] for one in applied.get("services", ())} if applied else None
    found = []
    for one in services:
        if before is None:
            there = standing(session, pack.publisher, one)
            was = values(there) if there is not None else None
        else:
            was = before.get(one.id)
        comes = plain(one.kept)
        for field in comes if was is not None else ():
            if was is not None and was.get(field) != comes[field]:
                found.append(
                    _service(item, one, f"{one.kept['name']}: {field}", _text(was.get(field)), _text(comes[field]))
                )
        if was is None:
            found.append(_service(item, one, str(one.kept["name"]), "", str(comes.get("phone") or comes["country"])))
    return found


def _service(item: Item, one: Service, what: str, before: str, after: str) -> Change:
    new = ":" not in what.removeprefix(str(one.kept["name"]))
    how = How.NEW if new else How.CHANGED
    return Change(
        ItemKind.PROVIDERS, item.code, what, how, before, after, one.source, one.source_url, one.as_of, one.confidence
    )


def _text(value: Any) -> str:
    return ", ".join(value) if isinstance(value, list) else str(value or "")


def service_uuid(publisher: str, id: str) -> str:
    """The identity of a service a publisher sends: the same in every version and on every desk."""
    from hashlib import sha256

    return sha256(f"mrc provider\0{publisher}\0{id}".encode()).hexdigest()[:32]


def standing(session: Session, publisher: str, service: Service) -> Provider | None:
    """The service as it stands in the directory: sent before, or of the same name, kind and country."""
    uuid = service_uuid(publisher, service.id)
    sent = session.exec(select(Provider).where(Provider.uuid == uuid, col(Provider.gone).is_(False))).first()
    if sent is not None:
        return sent
    place = providers.place(str(service.kept["name"]), service.kept["kind"], str(service.kept["country"]))
    asked = select(Provider).where(Provider.country == service.kept["country"], col(Provider.gone).is_(False))
    known = session.exec(asked.order_by(col(Provider.id)))
    return next((one for one in known if providers.place(one.name, one.kind, one.country) == place), None)


def values(provider: Provider) -> dict[str, Any]:
    """What stands in the directory about a service, as it is kept beside a pack."""
    return plain({name: getattr(provider, name) for name in providers.PROVIDER})


def plain(kept: Mapping[str, Any]) -> dict[str, Any]:
    """Values as JSON keeps them."""
    return {name: list(value) if isinstance(value, tuple) else str(value) for name, value in kept.items()}


def _instrument(session: Session, pack: ReferencePack, item: Item, applied: Mapping[str, Any]) -> list[Change]:
    del pack
    one = item.content
    assert isinstance(one, Instrument)
    known = [version for code, version in instruments_here(session) if code == one.id]
    if one.version in known and not applied.get("survey"):
        return []
    others = [version for version in known if version != one.version]
    how, before = (How.CHANGED, others[-1]) if others else (How.NEW, "")
    return [Change(ItemKind.INSTRUMENT, item.code, one.label, how, before, one.version, one.source)]


def instruments_here(session: Session) -> list[tuple[str, str]]:
    """The instruments the office loaded: code and version, the first one first."""
    asked = select(Survey).where(col(Survey.gone).is_(False)).order_by(col(Survey.id))
    return [(one.code, one.version) for one in session.exec(asked)]


def _words(session: Session, pack: ReferencePack, item: Item, applied: Mapping[str, Any]) -> list[Change]:
    del applied
    said = item.content
    assert isinstance(said, GuideWords)
    catalog = Catalog.load(said.language, "guides")
    others = guide_texts(session, but=pack.uuid).get(said.language, {})
    found = []
    for id, text in said.texts.items():
        was = others.get(id) or catalog.find(id) or ""
        if was != text:
            how = How.CHANGED if was else How.NEW
            found.append(Change(ItemKind.WORDS, item.code, id, how, was, text, said.source, "", said.as_of))
    return found


def guide_texts(session: Session, *, but: str = "") -> dict[str, dict[str, str]]:
    """The accepted texts of the guides, by language and line."""
    found: dict[str, dict[str, str]] = {}
    for kept in _texts_kept(session, but):
        found.setdefault(kept.language, {}).update(kept.texts)
    return found


def _texts_kept(session: Session, but: str) -> Iterable[GuideWords]:
    from mrc_app.errors import CannotRead

    for _pack, kept in reversed(reference_packs.accepted(session, ItemKind.WORDS, but=but)):
        try:
            content = reference_files.again(kept.kind, kept.code, kept.text).content
        except CannotRead:
            continue
        assert isinstance(content, GuideWords)
        yield content


_SHOWN = {
    ItemKind.CORRIDOR: _corridor,
    ItemKind.PROVIDERS: _providers,
    ItemKind.INSTRUMENT: _instrument,
    ItemKind.WORDS: _words,
}
