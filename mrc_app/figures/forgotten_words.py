"""What is forgotten, in words: what a line is about, without the name of the client."""

from __future__ import annotations

from mrc_app.casework.agenda import TaskKind
from mrc_app.casework.deadline_words import Purpose
from mrc_app.casework.follow_up_words import FollowUpKind
from mrc_app.figures.forgotten import Left, Line
from mrc_app.figures.report_words import ReportWords
from mrc_app.i18n import N_, Labelled, isolate, ltr
from mrc_app.money import Money

TO = N_("to {service}")
UNPAID = N_("{amount} is not paid yet")
PLAN = N_("plan of {day}")
_LISTS: dict[Left, type[Labelled]] = {Left.DEADLINE: Purpose, Left.FOLLOW_UP: FollowUpKind, Left.TASK: TaskKind}


def what(line: Line, words: ReportWords) -> str:
    """What a line is about."""
    if line.kind is Left.REFERRAL:
        return words.say(TO, service=isolate(line.told))
    if line.kind is Left.AWARD:
        amount = Money(int(line.told), line.currency).amount
        return words.say(UNPAID, amount=ltr(f"{amount:,f} {line.currency}"))
    if line.kind is Left.PLAN:
        return words.say(PLAN, day=words.day(line.since))
    listed = _LISTS.get(line.kind)
    if listed is not None and line.told in [one.value for one in listed]:
        return words.say(listed(line.told).label)
    return ltr(line.told) if line.kind is Left.CASE else line.told
