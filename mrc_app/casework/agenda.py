"""The agenda: what somebody promised to do, by when. A task about a client says how she may be reached safely."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, ClassVar

from sqlmodel import Field, Session, col, select

from mrc_app.casework import clients, fields
from mrc_app.casework.client_words import Answer
from mrc_app.casework.clients import Client
from mrc_app.casework.counselling import Contact
from mrc_app.errors import Invalid, MrcError, Problem
from mrc_app.i18n import N_, Labelled
from mrc_app.store.records import Record, added, checks, word_column
from mrc_app.store.roles import May, needs

# -- Words


class TaskKind(Labelled):
    """What is to be done."""

    CALL = "call", N_("call")
    MESSAGE = "message", N_("send a message")
    VISIT = "visit", N_("visit")
    APPOINTMENT = "appointment", N_("appointment")
    PAPER = "paper", N_("paper to write or fetch")
    DEADLINE = "deadline", N_("time limit")
    OTHER = "other", N_("other task")


class Reach(Labelled):
    """Whether she may be called or written to."""

    ALLOWED = "allowed", N_("She may be called.")
    ASK_FIRST = "ask_first", N_("Nobody asked her whether she may be called.")
    FORBIDDEN = "forbidden", N_("Do not call her.")
    NO_PHONE = "no_phone", N_("No phone is known.")


# -- Record


class Task(Record, table=True):
    """Something to do on a day. ``about``: the uuid of what it came from. Done and dropped tasks stay."""

    registers: ClassVar[dict[str, tuple[str, ...]]] = {
        "due": ("due", "put_off_because"),
        "done": ("done_on", "done_by", "result"),
        "dropped": ("dropped_on", "dropped_by", "dropped_because"),
    }
    __table_args__ = checks(kind=TaskKind)

    client: str | None = Field(default=None, foreign_key="client.uuid", index=True)
    about: str | None = None
    due: date = Field(index=True)
    put_off_because: str = ""
    kind: TaskKind = word_column(TaskKind, TaskKind.OTHER)
    text: str = ""
    made_on: date
    made_by: str
    for_officer: str | None = Field(default=None, index=True)
    done_on: date | None = Field(default=None, index=True)
    done_by: str | None = None
    result: str = ""
    dropped_on: date | None = None
    dropped_by: str | None = None
    dropped_because: str = ""


@dataclass(frozen=True)
class CallWording:
    """What stands beside a phone number: may she be called, when, who may answer, and what to say."""

    reach: Reach
    phone: str = ""
    whose: str = ""
    who_may_answer: str = ""
    safe_hours: str = ""
    cover_text: str = ""
    message: bool = False


@dataclass(frozen=True)
class Due:
    """A task with its client, and how to reach her."""

    task: Task
    client: Client | None
    wording: CallWording | None
    days_late: int


# -- Rules


def is_open(task: Task) -> bool:
    """Whether a task is still to be done."""
    return task.done_on is None and task.dropped_on is None and not task.gone


def days_late(task: Task, today: date) -> int:
    """Days since it was due; 0 for today, negative before."""
    return (today - task.due).days


def call_wording(client: Client, kind: TaskKind = TaskKind.CALL) -> CallWording:
    """How to reach a client by call or message. Where it is forbidden, the number is not given at all."""
    safe = clients.safe_contact(client)
    if safe is None:
        return CallWording(Reach.NO_PHONE)
    answer = safe.may_message if kind is TaskKind.MESSAGE else safe.may_call
    if answer is Answer.NO:
        return CallWording(Reach.FORBIDDEN)
    return CallWording(
        reach=Reach.ALLOWED if answer is Answer.YES else Reach.ASK_FIRST,
        phone=safe.phone,
        whose=safe.whose,
        who_may_answer=safe.who_may_answer,
        safe_hours=safe.safe_hours,
        cover_text=safe.cover_text,
        message=safe.may_message is Answer.YES,
    )


# -- Actions

CLOSED = N_("This task is closed already.")


@needs(May.COUNSEL)
def add(
    session: Session,
    *,
    due: date | str,
    text: str = "",
    on: date,
    by: str,
    kind: TaskKind | str = TaskKind.OTHER,
    client: str | None = None,
    about: str | None = None,
    for_officer: str | None = None,
) -> Task:
    """A task, made on a day by an officer; for that officer unless another is named. Raises Invalid."""
    kept = fields.checked(
        {"due": fields.day, "text": fields.long_text, "kind": fields.word(TaskKind)},
        {"due": due, "text": text, "kind": kind},
    )
    wrong: dict[str, Problem] = {}
    if kept["due"] is None:
        wrong["due"] = Problem(N_("A day is needed here."))
    if kept["kind"] is TaskKind.OTHER and not kept["text"]:
        wrong["text"] = Problem(N_("Write what is to be done."))
    if wrong:
        raise Invalid(**wrong)
    task = Task(client=client, about=about, made_on=on, made_by=by, for_officer=for_officer or by, **kept)
    return added(session, task)


@needs(May.COUNSEL)
def follow_up(session: Session, contact: Contact, *, by: str, text: str = "", call: bool = True) -> Task | None:
    """The task a contact's follow-up date asks for; None without one. Asked twice, the open task is moved."""
    if contact.follow_up_on is None:
        return None
    chosen = select(Task).where(Task.about == contact.uuid, col(Task.gone).is_(False))
    waiting = [task for task in session.exec(chosen) if is_open(task)]
    if waiting:
        return put_off(session, waiting[0], due=contact.follow_up_on, because=waiting[0].put_off_because)
    return add(
        session,
        due=contact.follow_up_on,
        text=text,
        on=contact.on,
        by=by,
        kind=TaskKind.CALL if call else TaskKind.APPOINTMENT,
        client=contact.client,
        about=contact.uuid,
        for_officer=contact.officer,
    )


@needs(May.COUNSEL)
def done(session: Session, task: Task, *, on: date, by: str, result: str = "") -> Task:
    """Says that a task was done, and what came of it."""
    _still_open(task)
    task.done_on, task.done_by, task.result = on, by, fields.long_text("result", result)
    return added(session, task)


@needs(May.COUNSEL)
def put_off(session: Session, task: Task, *, due: date | str, because: str = "") -> Task:
    """Moves a task to another day, with a reason if there is one. Raises Invalid for no day."""
    _still_open(task)
    day = fields.day("due", due)
    if day is None:
        raise Invalid(due=N_("A day is needed here."))
    if day != task.due:
        task.due, task.put_off_because = day, fields.long_text("because", because)
    return added(session, task)


@needs(May.COUNSEL)
def drop(session: Session, task: Task, *, on: date, by: str, because: str) -> Task:
    """Gives a task up. The reason stays; without one it is refused."""
    _still_open(task)
    reason = fields.long_text("because", because)
    if not reason:
        raise Invalid(because=N_("Write why the task is dropped."))
    task.dropped_on, task.dropped_by, task.dropped_because = on, by, reason
    return added(session, task)


def _still_open(task: Task) -> None:
    if not is_open(task):
        raise MrcError(CLOSED)


# -- Questions


@needs(May.SEE_NAMES)
def due(
    session: Session, today: date, officer: str | None = None, ahead: int = 0, limit: int | None = None
) -> list[Due]:
    """Open tasks due by ``today`` plus ``ahead`` days, the oldest first; of everybody or of one officer."""
    return _with_clients(session, session.exec(_due_by(today + timedelta(days=ahead), officer).limit(limit)), today)


@needs(May.SEE_NAMES)
def by_uuid(session: Session, uuid: str) -> Task:
    """The open task with an identity. Raises MrcError when it was closed, or is hidden from this officer."""
    task: Task | None = session.exec(_open().where(col(Task.uuid) == uuid)).first()
    if task is None:
        raise MrcError(CLOSED)
    return task


@needs(May.SEE_NAMES)
def overdue(session: Session, today: date, officer: str | None = None) -> int:
    """How many open tasks should have been done before today."""
    return len(session.exec(_due_by(today - timedelta(days=1), officer)).all())


@needs(May.SEE_NAMES)
def for_client(session: Session, client: str, today: date) -> list[Due]:
    """A client's open tasks, the oldest first."""
    chosen = _open().where(Task.client == client).order_by(col(Task.due), col(Task.id))
    return _with_clients(session, session.exec(chosen), today)


@needs(May.SEE_NAMES)
def history(session: Session, client: str) -> list[Task]:
    """Every task about a client, open or closed, by day."""
    chosen = select(Task).where(Task.client == client, col(Task.gone).is_(False))
    return list(session.exec(chosen.order_by(col(Task.due), col(Task.id))))


def _open() -> Any:
    return select(Task).where(col(Task.done_on).is_(None), col(Task.dropped_on).is_(None), col(Task.gone).is_(False))


def _due_by(day: date, officer: str | None) -> Any:
    chosen = _open().where(col(Task.due) <= day)
    if officer is not None:
        chosen = chosen.where(col(Task.for_officer) == officer)
    return chosen.order_by(col(Task.due), col(Task.id))


def _with_clients(session: Session, tasks: Iterable[Task], today: date) -> list[Due]:
    found = list(tasks)
    wanted = {task.client for task in found if task.client}
    people = {person.uuid: person for person in session.exec(select(Client).where(col(Client.uuid).in_(wanted)))}
    listed = []
    for task in found:
        person = people.get(task.client or "")
        listed.append(Due(task, person, call_wording(person, task.kind) if person else None, days_late(task, today)))
    return listed
