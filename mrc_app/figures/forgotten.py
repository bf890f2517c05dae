"""What is forgotten: what waits longer than it should, by officer and kind, the longest waiting first.

Read through what this officer may see. A supervisor sees everybody's, an officer her own: the clients she is in charge
of and the tasks that are hers.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from mrc_app.casework.claim_rules import KIND, Form, Kind
from mrc_app.casework.grievance_events import ENDED
from mrc_app.casework.referral_lists import PATIENCE, WAITING
from mrc_app.errors import MrcError, NotAllowed
from mrc_app.i18n import N_, Labelled
from mrc_app.store.roles import May, Role, needs

if TYPE_CHECKING:
    from mrc_app.store.centre import Store

# -- Words


class Left(Labelled):
    """What can be forgotten."""

    REFERRAL = "referral", N_("referrals without an answer")
    DEADLINE = "deadline", N_("time limits that end soon or have passed")
    AWARD = "award", N_("awards not paid")
    FOLLOW_UP = "follow_up", N_("follow-ups that are late")
    TASK = "task", N_("tasks that are late")
    CASE = "case", N_("cases without a step")
    PLAN = "plan", N_("plans without a follow-up ahead")


class Key(NamedTuple):
    """Where the next page begins."""

    since: str
    record: str


FIRST = Key("", "")


class Line(NamedTuple):
    """One thing that waits. ``since``: the day it counts from; ``told``: a word, a name or an amount, as its kind has
    it; ``about``: the case, where it is of one."""

    kind: Left
    record: str
    client: str
    about: str
    officer: str
    since: str
    told: str
    currency: str
    number: str
    name: str

    @property
    def key(self) -> Key:
        """The key of this line."""
        return Key(self.since, self.record)


# -- Rules

AHEAD = 14
"""Days before its end that a time limit is listed."""
STILL = 30
"""Days without a step after which a case is listed."""
OWN = N_("You see what waits with you; for a colleague's ask a supervisor.")
NOBODY = N_("There is no officer “{name}” here.")


def days(line: Line, today: date) -> int:
    """How long it waits; below zero for a time limit that is still to end."""
    return (today - date.fromisoformat(line.since)).days


# -- Questions

_CHARGE = """coalesce((SELECT a.officer FROM temp.seen_assignment a WHERE a.client = {of} AND a.gone = 0
  AND a.until IS NULL ORDER BY a.from_on DESC, a.id DESC LIMIT 1),
  (SELECT c.registered_by FROM temp.seen_client c WHERE c.uuid = {of}), '')"""
_ONE = """(SELECT p.client FROM temp.seen_complainant p WHERE p.grievance = {of} AND p.gone = 0
  ORDER BY p.since, p.id LIMIT 1)"""


def _words(found: Any) -> str:
    return ", ".join(f"'{one.value}'" for one in sorted(found))


_FORMS = {kind: _words(form for form in Form if KIND[form] is kind) for kind in Kind}
_REFERRALS = f"""SELECT r.uuid AS record, r.client, coalesce(r.grievance, '') AS about,
  coalesce((SELECT max(e."on") FROM temp.seen_referralevent e WHERE e.referral = r.uuid AND e.gone = 0), r.made_on)
    AS since,
  coalesce((SELECT p.name FROM main.provider p WHERE p.uuid = r.provider), '') AS told, '' AS currency, '' AS whose
FROM temp.seen_referral r WHERE r.gone = 0 AND r.made_on <= :patient AND NOT EXISTS (
  SELECT 1 FROM temp.seen_referralevent e WHERE e.referral = r.uuid AND e.gone = 0
    AND (e.state NOT IN ({_words(WAITING)}) OR e."on" > :patient))"""
_DEADLINES = f"""SELECT d.uuid AS record, coalesce(d.client, {_ONE.format(of="d.grievance")}, '') AS client,
  coalesce(d.grievance, '') AS about, d.due AS since, d.purpose AS told, '' AS currency, '' AS whose
FROM temp.seen_deadline d WHERE d.gone = 0 AND d.done_on IS NULL AND d.dropped_on IS NULL AND d.due <= :soon"""
_AWARDS = f"""SELECT w.claim AS record, w.client, w.grievance AS about, w."on" AS since,
  CAST(w.minor - coalesce((SELECT sum(p.minor) FROM temp.seen_claimentry p WHERE p.claim = w.claim AND p.gone = 0
    AND p.currency = w.currency AND p.form IN ({_FORMS[Kind.PAID]}) AND p."on" <= :today), 0) AS TEXT) AS told,
  w.currency, '' AS whose
FROM (SELECT *, row_number() OVER (PARTITION BY claim ORDER BY "on" DESC, id DESC) AS place
  FROM temp.seen_claimentry WHERE gone = 0 AND form IN ({_FORMS[Kind.AWARDED]}) AND "on" <= :today) w
WHERE w.place = 1 AND w."on" <= :patient"""
_FOLLOW_UPS = """SELECT f.uuid AS record, f.client, '' AS about, f.planned_on AS since, f.kind AS told, '' AS currency,
  '' AS whose FROM temp.seen_followup f
WHERE f.gone = 0 AND f.planned_on < :today AND f.reached_on IS NULL AND f.given_up_on IS NULL"""
_TASKS = """SELECT t.uuid AS record, coalesce(t.client, '') AS client, '' AS about, t.due AS since,
  CASE WHEN t.text <> '' THEN t.text ELSE t.kind END AS told, '' AS currency, coalesce(t.for_officer, '') AS whose
FROM temp.seen_task t WHERE t.gone = 0 AND t.done_on IS NULL AND t.dropped_on IS NULL AND t.due < :today"""
_CASES = f"""SELECT g.uuid AS record, coalesce({_ONE.format(of="g.uuid")}, '') AS client, g.uuid AS about,
  coalesce(l."on", g.lodged_on) AS since, g.number AS told, '' AS currency, '' AS whose
FROM temp.seen_grievance g LEFT JOIN (SELECT *, row_number() OVER (
    PARTITION BY grievance ORDER BY "on" DESC, n DESC, uuid DESC) AS place
  FROM temp.seen_grievanceevent WHERE gone = 0) l ON l.grievance = g.uuid AND l.place = 1
WHERE g.gone = 0 AND g.lodged_on <= :still AND coalesce(l."on", '') <= :still
  AND coalesce(l.state, '') NOT IN ({_words(ENDED)})"""
_PLANS = """SELECT p.uuid AS record, p.client, '' AS about, p.made_on AS since, '' AS told, '' AS currency, '' AS whose
FROM temp.seen_plan p WHERE p.gone = 0 AND p.closed_on IS NULL AND p.made_on <= :patient AND NOT EXISTS (
  SELECT 1 FROM temp.seen_followup f WHERE f.client = p.client AND f.gone = 0 AND f.reached_on IS NULL
    AND f.given_up_on IS NULL)"""
_FOUND = {
    Left.REFERRAL: _REFERRALS, Left.DEADLINE: _DEADLINES, Left.AWARD: _AWARDS, Left.FOLLOW_UP: _FOLLOW_UPS,
    Left.TASK: _TASKS, Left.CASE: _CASES, Left.PLAN: _PLANS,
}  # fmt: skip
_WITH = f"""SELECT f.*, CASE WHEN f.whose <> '' THEN f.whose ELSE {_CHARGE.format(of="f.client")} END AS officer
FROM ({{found}}) f WHERE ({{only}})"""
_ONLY = {Left.AWARD: "CAST(f.told AS INTEGER) > 0"}
_PAGE = """SELECT w.record, w.client, w.about, w.officer, w.since, w.told, w.currency,
  coalesce(s.number, ''), coalesce(s.shown, '')
FROM ({rows}) w LEFT JOIN main.sought s ON s.record = w.client AND s.kind = 'client'
WHERE (:officer = '' OR w.officer = :officer) AND (w.since, w.record) > (:since, :record)
ORDER BY w.since, w.record LIMIT :limit"""


def _rows(kind: Left) -> str:
    return _WITH.format(found=_FOUND[kind], only=_ONLY.get(kind, "1"))


def _days(today: date) -> dict[str, str]:
    at = {"today": 0, "patient": -PATIENCE, "soon": AHEAD, "still": -STILL}
    return {name: (today + timedelta(days=ahead)).isoformat() for name, ahead in at.items()}


def _asked_for(store: Store, officer: str) -> str:
    """Whose things are read: those asked for (everybody's when empty), or one's own. Raises NotAllowed."""
    if store.role is Role.SUPERVISOR:
        return officer
    if officer not in ("", store.officer):
        raise NotAllowed(OWN)
    return store.officer


@needs(May.SEE_NAMES)
def counts(store: Store, today: date, officer: str = "") -> dict[str, dict[Left, int]]:
    """How many things of each kind wait, by officer (uuid; empty for what is nobody's)."""
    wanted = _asked_for(store, officer)
    found: dict[str, dict[Left, int]] = defaultdict(dict)
    with store.plain() as connection:
        for kind in Left:
            sql = f"""SELECT w.officer, count(*) FROM ({_rows(kind)}) w
              WHERE :officer = '' OR w.officer = :officer GROUP BY 1 ORDER BY 1"""
            for whose, n in connection.execute(sql, {**_days(today), "officer": wanted}):
                found[whose][kind] = n
    return dict(found)


@needs(May.SEE_NAMES)
def lines(store: Store, kind: Left, today: date, officer: str = "", after: Key = FIRST, limit: int = 20) -> list[Line]:
    """A page of what waits, the longest first, after the key of the line before."""
    asked = {**_days(today), **after._asdict(), "officer": _asked_for(store, officer), "limit": limit}
    with store.plain() as connection:
        page = [Line(kind, *row) for row in connection.execute(_PAGE.format(rows=_rows(kind)), asked)]
    sealed = {one.uuid: one for one in store.sealed_lines()}
    return [
        one._replace(number=sealed[one.client].number, name=sealed[one.client].shown) if one.client in sealed else one
        for one in page
    ]


@needs(May.SEE_NAMES)
def officers(store: Store) -> dict[str, str]:
    """Who can be asked about, by uuid: everybody for a supervisor, else oneself."""
    with store.plain() as connection:
        found: dict[str, str] = dict(
            connection.execute("SELECT uuid, name FROM main.officer WHERE gone = 0 ORDER BY name, uuid").fetchall()
        )
    return found if store.role is Role.SUPERVISOR else {store.officer: found.get(store.officer, "")}


@needs(May.SEE_NAMES)
def officer_called(store: Store, name: str) -> str:
    """The officer (uuid) of a user name, or of a name that only one has. Raises MrcError."""
    with store.plain() as connection:
        sql = "SELECT uuid, login, name FROM main.officer WHERE gone = 0 AND (login = ?1 OR name = ?1)"
        found = connection.execute(sql, (name,)).fetchall()
    exact = [row[0] for row in found if row[1] == name] or [row[0] for row in found]
    if len(exact) != 1:
        raise MrcError(NOBODY, name=name)
    return str(exact[0])
