"""What is shown about a recruiter and a job order: licence, history, what workers said, why a job fits."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from mrc_app.casework import job_orders, recruiters
from mrc_app.casework.job_orders import JobOrder, Match, Reason
from mrc_app.casework.recruiter_events import RecruiterEvent, Tally
from mrc_app.casework.recruiter_reviews import ENOUGH, Summary
from mrc_app.casework.recruiter_words import LicenceState, Question
from mrc_app.casework.recruiters import Recruiter
from mrc_app.errors import Problem
from mrc_app.i18n import _, isolate, ltr, ngettext, screen_language
from mrc_app.money import Money, written
from ui.look import px
from ui.widgets.choosers import name_of_country, name_of_language
from ui.widgets.controls import Button
from ui.widgets.dates import screen_date
from ui.widgets.text import chip, icon_label, label
from ui.words import cap, listed, sentence, word

TONES = {
    LicenceState.VALID: "green", LicenceState.ENDS_SOON: "amber", LicenceState.EXPIRED: "red",
    LicenceState.UNKNOWN: "red", LicenceState.UNCHECKED: "amber", LicenceState.NOT_NEEDED: "plain",
}  # fmt: skip


def money(amount: Money) -> str:
    """An amount as the screen writes it."""
    return ltr(written(amount, screen_language().code))


def said(problem: Problem) -> str:
    """A sentence of the casework with its values in the words of the screen."""
    return sentence(problem.message, _plain(problem.values))


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    shown = dict(values)
    for name, value in values.items():
        if isinstance(value, Money):
            shown[name] = money(value)
    if "languages" in shown:
        shown["languages"] = listed(name_of_language(code) for code in shown["languages"])
    return shown


def facts(one: Recruiter) -> list[tuple[str, str]]:
    """What is known of a recruiter, by name."""
    return [
        (_("Licence number"), ltr(one.licence_number) if one.licence_number else ""),
        (_("Licence valid to"), screen_date(one.licence_valid_to) if one.licence_valid_to else ""),
        (_("Licence looked up on"), screen_date(one.checked_on) if one.checked_on else ""),
        (_("Where it was looked up"), one.source),
        (_("Phone"), ltr(one.phone) if one.phone else ""),
        (_("Address"), one.address),
        (_("Other names"), listed(map(isolate, one.aliases))),
        (_("Branches"), listed(map(isolate, one.branches))),
    ]


def cases(told: Tally) -> str:
    """How many cases there were, in one sentence."""
    if not told.cases:
        return _("No case is known here.")
    values = {"year": ltr(told.since), "settled": told.settled}
    return ngettext(
        "{n} case since {year}, {settled} settled", "{n} cases since {year}, {settled} settled", told.cases, **values
    )


def event_line(event: RecruiterEvent) -> QWidget:
    """One thing that happened."""
    row = QWidget()
    words = QVBoxLayout(row)
    words.setContentsMargins(0, px(4), 0, px(4))
    words.setSpacing(px(3))
    top = QHBoxLayout()
    top.setSpacing(px(10))
    top.addWidget(label(screen_date(event.on), "small", wrap=False))
    top.addWidget(chip(word(event.kind)))
    top.addStretch(1)
    words.addLayout(top)
    if event.outcome:
        words.addWidget(label(event.outcome))
    return row


def review_lines(told: Summary) -> list[QWidget]:
    """What workers said: a line for each question, or how many answers are still missing."""
    if not told.enough:
        return [label(_("Not enough answers yet: {n} of {needed}.", n=told.people, needed=ENOUGH), "muted")]
    lines: list[QWidget] = [label(ngettext("{n} person answered", "{n} people answered", told.people), "small")]
    for question in Question:
        mean = told.questions[question]
        figure = _("{mean} of 5", mean=mean.mean) if mean.mean is not None else _("too few")
        lines.append(_pair(_(question.label), figure, strong=mean.mean is not None))
    return lines


def _pair(name: str, figure: str, *, strong: bool) -> QWidget:
    row = QWidget()
    line = QHBoxLayout(row)
    line.setContentsMargins(0, px(3), 0, px(3))
    line.addWidget(label(name), 1)
    line.addWidget(label(figure, "strong" if strong else "muted", wrap=False), 0, Qt.AlignmentFlag.AlignTop)
    row.setAccessibleName(f"{name} {figure}")
    return row


def order_frame(
    order: JobOrder, recruiter: Recruiter, today: date, acts: list[Button], found: Match | None = None
) -> QFrame:
    """A job order: what is offered, what stands in the way, and beside a client why it fits."""
    frame = QFrame()
    row = QHBoxLayout(frame)
    row.setContentsMargins(0, px(8), 0, px(8))
    row.setSpacing(px(10))
    words = QVBoxLayout()
    words.setSpacing(px(3))
    words.addWidget(label(isolate(order.title), "strong"))
    words.addWidget(label(" · ".join(part for part in _offered(order, recruiter) if part), "small"))
    blocks = found.blocks if found else job_orders.blocks(order, recruiter, today)
    for block in blocks:
        words.addWidget(_reason(said(block), "triangle-alert", "red"))
    for reason in found.reasons if found else ():
        words.addWidget(_told(reason))
    row.addLayout(words, 1)
    for act in acts:
        row.addWidget(act, 0, Qt.AlignmentFlag.AlignTop)
    return frame


def _offered(order: JobOrder, recruiter: Recruiter) -> list[str]:
    wage = job_orders.wage(order)
    per = word(order.wage_per)
    paid = f"{money(wage)} / {per.lower()}" if wage and per else money(wage) if wage else ""
    places = ngettext("{n} place", "{n} places", order.places) if order.places else ""
    closes = _("closes on {date}", date=screen_date(order.closes_on)) if order.closes_on else ""
    isco = f"ISCO {order.isco}" if order.isco else ""
    by = isolate(order.employer) if order.employer else ""
    return [
        isolate(recruiter.name),
        by,
        name_of_country(order.country),
        ltr(isco) if isco else "",
        paid,
        places,
        closes,
    ]


def _told(reason: Reason) -> QWidget:
    return _reason(said(reason.said), "check" if reason.fits else "info", "green" if reason.fits else "muted")


def _reason(text: str, sign: str, tint: str) -> QWidget:
    row = QWidget()
    line = QHBoxLayout(row)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(px(7))
    line.addWidget(icon_label(sign, tint, 15), 0, Qt.AlignmentFlag.AlignTop)
    line.addWidget(label(text, "small"), 1)
    return row


def below(one: Recruiter) -> str:
    """Kind and country in a line."""
    return f"{word(one.kind)} · {name_of_country(one.country)}"


def listed_below(one: Recruiter, today: date) -> str:
    """The same for the list, with a licence that does not hold."""
    state = recruiters.licence(one, today)
    holds = state in (LicenceState.VALID, LicenceState.NOT_NEEDED)
    return below(one) if holds else f"{_(state.label)} · {below(one)}"


def licence_chip(one: Recruiter, today: date) -> QWidget:
    """The licence in two words and a colour."""
    state = recruiters.licence(one, today)
    return chip(cap(_(state.label)), TONES[state])
