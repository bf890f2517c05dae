"""A referral on a card: to whom, for what, what is told, her yes, and every step with its day."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtWidgets import QFrame, QVBoxLayout

from mrc_app.casework import consents, duplicates, grievances, providers, referral_lists, referrals, unions
from mrc_app.casework.consents import Consent
from mrc_app.casework.provider_words import Confirmed, ProviderKind
from mrc_app.casework.referral_lists import Told
from mrc_app.casework.referral_words import ReferralState
from mrc_app.casework.union_words import UnionStep
from mrc_app.i18n import _, isolate, ngettext
from ui.desk import Session
from ui.look import px
from ui.widgets.controls import Button, Flow
from ui.widgets.dates import screen_date
from ui.widgets.text import card, chip, label
from ui.words import listed, word

if TYPE_CHECKING:
    from datetime import date

TONES = {
    ReferralState.MADE: "amber", ReferralState.SENT: "blue", ReferralState.ACKNOWLEDGED: "blue",
    ReferralState.ACCEPTED: "blue", ReferralState.REFUSED: "red", ReferralState.GIVEN: "green",
    ReferralState.FEEDBACK: "green", ReferralState.STOPPED: "plain",
}  # fmt: skip


class Union(NamedTuple):
    """A membership with its steps, and whether others may be told."""

    one: unions.UnionMembership
    steps: list[unions.UnionEvent]
    paid_to: Any
    may_tell: bool


class Read(NamedTuple):
    """What the tab reads at once."""

    referrals: list[Told]
    yes: dict[str, Consent]
    cases: list[tuple[str, str]]
    unions: list[Union]
    officers: dict[str, str]


def read(session: Session, client: str, today: date) -> Read:
    """The referrals and unions of one person."""
    from mrc_app.store import officers

    held = []
    for one in unions.of_client(session, client):
        steps = unions.events(session, one.uuid)
        held.append(Union(one, steps, unions.paid_to(steps), unions.may_tell(session, one, today)))
    return Read(
        [referral_lists.told(session, one, today) for one in referrals.of_client(session, client)],
        {one.uuid: one for one in duplicates.consents_of(session, client)},
        [(case.uuid, isolate(grievances.shown_title(case))) for case in grievances.of_client(session, client)],
        held,
        {one.uuid: one.name for one in officers.officers(session)},
    )


def scope_words(session: Session, client: str) -> dict[str, str]:
    """What the scope of a consent is called: a referral and a service by name, a union by name, a kind by its word."""
    found = {kind.value: word(kind) for kind in ProviderKind}
    for one in referrals.of_client(session, client):
        provider = providers.by_uuid(session, one.provider)
        found[one.uuid] = _("{name}: {service}", name=isolate(provider.name), service=isolate(one.service))
        found[provider.uuid] = isolate(provider.name)
    for answer in duplicates.consents_of(session, client):
        if len(answer.scope) == 32 and answer.scope not in found:
            found |= _named(session, answer.scope)
    for held in unions.of_client(session, client):
        found[held.uuid] = _("telling others of {union}", union=isolate(held.union))
    return found


def _named(session: Session, uuid: str) -> dict[str, str]:
    from mrc_app.errors import MrcError

    try:
        return {uuid: isolate(providers.by_uuid(session, uuid).name)}
    except MrcError:
        return {}


def referral_card(told: Told, yes: Consent | None, found: Read, stale: Confirmed, *acts: Button) -> QFrame:
    """One referral."""
    one = told.referral
    frame, body = card(spacing=6)
    top = Flow(8)
    top.addWidget(label(isolate(told.provider.name), "strong", wrap=False))
    top.addWidget(chip(word(told.state), TONES[told.state]))
    if told.complete:
        top.addWidget(chip(_("Complete: the service confirmed it"), "green"))
    elif told.state in (ReferralState.GIVEN, ReferralState.FEEDBACK):
        top.addWidget(chip(_("Not complete: the service has not confirmed it"), "amber"))
    if told.state in referral_lists.WAITING and told.days >= referral_lists.PATIENCE:
        top.addWidget(chip(ngettext("No answer for {n} day", "No answer for {n} days", told.days), "red"))
    body.addLayout(top)
    body.addWidget(label(" · ".join(isolate(said) for said in (one.service, one.purpose) if said)))
    body.addWidget(label(_("Told: {parts}", parts=listed(_(part.label) for part in one.parts)), "small"))
    body.addWidget(label(_yes(told, yes), "small"))
    if told.state in referrals.OPEN and stale is not Confirmed.FRESH:
        body.addWidget(
            label(_("Call the service first: nobody has confirmed lately that this still holds."), "caution")
        )
    _steps(body, told, found.officers)
    if acts:
        flow = Flow(8)
        for act in acts:
            flow.addWidget(act)
        body.addLayout(flow)
    return frame


def _yes(told: Told, yes: Consent | None) -> str:
    one = told.referral
    if one.without is not None:
        return _("Without her consent: {why}. {reason}", why=_(one.without.label), reason=isolate(one.without_reason))
    if yes is None:
        return ""
    words = _("Her yes: {how}, {date}", how=_(yes.how.label) if yes.how else "", date=screen_date(yes.given_on))
    if yes.state is consents.State.WITHDRAWN and yes.withdrawn_on:
        return f"{words} · {_('withdrawn on {date}', date=screen_date(yes.withdrawn_on))}"
    return words


def _steps(body: QVBoxLayout, told: Told, officers: dict[str, str]) -> None:
    lines = QVBoxLayout()
    lines.setSpacing(px(1))
    for event in told.events:
        parts = [screen_date(event.on), _("Made") if event.state is ReferralState.MADE else word(event.state)]
        if event.because is not None:
            parts.append(_(event.because.label))
        if event.state in (ReferralState.GIVEN, ReferralState.FEEDBACK):
            parts.append(_("says {who}", who=_(event.told_by.label)))
        parts += [isolate(event.note) if event.note else "", isolate(officers.get(event.by, ""))]
        lines.addWidget(label(" · ".join(part for part in parts if part), "small"))
    body.addLayout(lines)


def union_lines(held: Union) -> Iterable[str]:
    """How far it has come, dues, and whether others may be told."""
    for event in held.steps:
        if event.step is UnionStep.DUES and event.paid_to:
            said = _("dues paid up to {date}", date=screen_date(event.paid_to))
        else:
            said = word(event.step)
        yield " · ".join(filter(None, (screen_date(event.on), said, isolate(event.note) if event.note else "")))
    yield _("Others may be told.") if held.may_tell else _("Nobody else is told.")


def left_words(left: Iterable[Any], stopped: int, more: Any = None) -> str:
    """What went out before a withdrawal, and that the rest is stopped: ``stopped`` referrals, and ``more`` than those
    (letters, hand-overs, files of the outbox)."""
    from mrc_app.casework.referral_words import Part

    names = {part.value: _(part.label) for part in Part}
    lines = [
        _("{date}: {parts} to {name}", date=screen_date(one.on), name=isolate(one.to),
          parts=listed(names.get(part, part) for part in one.parts))
        for one in left
    ]  # fmt: skip
    lines += [
        _("{date}: a named export for {name}, if it was sent", date=screen_date(one.on), name=isolate(one.to))
        for one in (more.exports if more else ())
    ]
    head = _("This had gone out before, and stays where it went:") if lines else _("Nothing had gone out under it.")
    tail = [ngettext("{n} open referral was stopped.", "{n} open referrals were stopped.", stopped)] if stopped else []
    return "\n".join([head, *lines, *tail, *(_more_stopped(more) if more else ())])


def _more_stopped(more: Any) -> list[str]:
    said = []
    if more.letters:
        n = len(more.letters)
        said.append(ngettext("{n} letter that waited was stopped.", "{n} letters that waited were stopped.", n))
    for one in more.handovers:
        text = _("The hand-over to {name} was stopped: no receipt had come. Destroy the file if it lies somewhere.")
        said.append(text.format(name=isolate(one.partner_name)))
    said += [_("“{file}” was taken out of the outbox.", file=name) for name in more.files]
    return said
