"""Time limits on the agenda: what is not known about one is a task for today, and is done when it is known."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlmodel import Session, col, select

from mrc_app.casework import agenda, deadlines
from mrc_app.casework.agenda import Task, TaskKind
from mrc_app.casework.deadline_rules import KnownRule
from mrc_app.casework.deadlines import Deadline
from mrc_app.store.roles import May, needs

# -- Actions


@needs(May.COUNSEL)
def begin(session: Session, rule: KnownRule, *, on: date, by: str, task: str = "", **typed: Any) -> Deadline:
    """A time limit as ``deadlines.start`` makes it, and the task, in the words given, to find out what is missing.

    Raises Invalid.
    """
    made = deadlines.start(session, rule, on=on, by=by, **typed)
    ask_for(session, made, on=on, by=by, task=task)
    return made


@needs(May.COUNSEL)
def tell(session: Session, deadline: Deadline, *, on: date, by: str, **typed: Any) -> Deadline:
    """Fills in what was missing; when nothing is missing any more, the task is done. Raises Invalid."""
    deadlines.tell(session, deadline, on=on, **typed)
    ask_for(session, deadline, on=on, by=by)
    return deadline


@needs(May.COUNSEL)
def done(session: Session, deadline: Deadline, *, on: date, by: str, note: str = "") -> Deadline:
    """Says that what had to be done was done; its task is no longer needed."""
    deadlines.done(session, deadline, on=on, by=by, note=note)
    ask_for(session, deadline, on=on, by=by)
    return deadline


@needs(May.COUNSEL)
def drop(session: Session, deadline: Deadline, *, on: date, by: str, because: str) -> Deadline:
    """Follows a time limit no longer, nor its task. Raises Invalid without a reason."""
    deadlines.drop(session, deadline, on=on, by=by, because=because)
    ask_for(session, deadline, on=on, by=by)
    return deadline


@needs(May.COUNSEL)
def ask_for(session: Session, deadline: Deadline, *, on: date, by: str, task: str = "") -> Task | None:
    """The open task to find out what is missing of a time limit; None, and the task done, when nothing is."""
    chosen = select(Task).where(Task.about == deadline.uuid, col(Task.gone).is_(False)).order_by(col(Task.id))
    waiting = [one for one in session.exec(chosen) if agenda.is_open(one)]
    if deadlines.is_open(deadline) and deadlines.standing(deadline, on).asks:
        if waiting:
            return waiting[0]
        return agenda.add(
            session, due=on, text=task or deadline.what, on=on, by=by, kind=TaskKind.DEADLINE, client=deadline.client,
            about=deadline.uuid,
        )  # fmt: skip
    for one in waiting:
        agenda.done(session, one, on=on, by=by)
    return None
