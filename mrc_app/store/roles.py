"""Who may do what at the desk: one table of rights, checked at the start of every action and every list.

Roles are rules of this program: every key slot opens the same key, so they keep colleagues apart, not a thief with the
file and a password. A supervisor holds every right, so that a centre of one person works.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar, cast

from mrc_app.errors import NotAllowed
from mrc_app.i18n import N_, Labelled

if TYPE_CHECKING:
    from sqlmodel import Session

Action = TypeVar("Action", bound=Callable[..., Any])


class Role(Labelled):
    """What an officer does at the desk."""

    CASEWORKER = "caseworker", N_("caseworker")
    SUPERVISOR = "supervisor", N_("supervisor")
    DATA_OFFICER = "data_officer", N_("data officer")
    ADMINISTRATOR = "administrator", N_("administrator")


class May(Labelled):
    """What a role may be asked for."""

    SEE_NAMES = "see_names", N_("read clients' names and records")
    COUNT = "count", N_("count clients and cases without names")
    REGISTER = "register", N_("register a client")
    AMEND = "amend", N_("change a client's record")
    COUNSEL = "counsel", N_("keep counselling, consents, journeys and tasks")
    HAND_OUT = "hand_out", N_("hand out guides and papers")
    TALLY = "tally", N_("count a visit without a name")
    MERGE = "merge", N_("link two records of one person")
    RESTRICT = "restrict", N_("restrict a client to named officers")
    LIFT = "lift", N_("lift a restriction")
    HAND_OVER = "hand_over", N_("hand a caseload over")
    READ_JOURNAL = "read_journal", N_("read the journal")
    KEEP_PAPERS = "keep_papers", N_("add papers and photos to a record")
    GIVE_RECORD = "give_record", N_("give a client her own record")
    ASK_ERASURE = "ask_erasure", N_("hide a record that is to be erased")
    NOTE_REQUEST = "note_request", N_("write down what an authority asks for")
    DECIDE_REQUEST = "decide_request", N_("decide what an authority is given")
    SEE_REFUSALS = "see_refusals", N_("see what was refused, and failed sign-ins")
    KEEP_PEOPLE = "keep_people", N_("add, disable and reset officers")
    OWN_PASSWORD = "own_password", N_("change one's own password")
    REKEY = "rekey", N_("give the centre file a new key")
    SETTINGS = "settings", N_("change the centre's own facts and settings")
    NUMBERS = "numbers", N_("keep and confirm numbers and facts")
    ERASE = "erase", N_("erase a client's record")
    TAKE_OUT = "take_out", N_("take records out of the centre file")
    EXPORT = "export", N_("export figures and parcels")
    BACK_UP = "back_up", N_("make a backup")
    RESTORE = "restore", N_("restore a backup")
    VERIFY = "verify", N_("check the centre file for damage")
    LOCK_DOWN = "lock_down", N_("lock the centre file down")
    END_LOCKDOWN = "end_lockdown", N_("end a lockdown")
    OUTREACH = "outreach", N_("take today's queue along and bring it home")
    EXCHANGE = "exchange", N_("exchange parcels with the other desks of this centre")
    REFERENCE = "reference", N_("accept or take back what a ministry sends to renew facts")


class Rule(NamedTuple):
    """The roles that hold a right, and the sentence that says why."""

    roles: frozenset[Role]
    why: str


def _only(*roles: Role) -> frozenset[Role]:
    return frozenset({Role.SUPERVISOR, *roles})


_C, _D, _A = Role.CASEWORKER, Role.DATA_OFFICER, Role.ADMINISTRATOR

MATRIX: dict[May, Rule] = {
    May.SEE_NAMES: Rule(_only(_C), N_("Only who works with clients reads who they are.")),
    May.COUNT: Rule(_only(_C, _D), N_("Counting needs no name.")),
    May.REGISTER: Rule(_only(_C), N_("Registering begins the work with a client.")),
    May.AMEND: Rule(_only(_C), N_("Who works with a client keeps her record right.")),
    May.COUNSEL: Rule(_only(_C), N_("What is said in counselling stays with caseworkers.")),
    May.HAND_OUT: Rule(_only(_C), N_("Who hands out a paper has asked whether it is safe to carry.")),
    May.TALLY: Rule(_only(_C, _D), N_("A visit without a name harms nobody.")),
    May.MERGE: Rule(_only(_C), N_("Linking two records needs sight of both; it can be taken back.")),
    May.RESTRICT: Rule(_only(_C), N_("A client who asks for it is hidden at once, by whoever sits with her.")),
    May.LIFT: Rule(_only(_C), N_("Only an officer who is named sees the restriction, and she lifts it.")),
    May.HAND_OVER: Rule(_only(_C), N_("A caseload passes on when somebody leaves; a caseworker passes on her own.")),
    May.KEEP_PAPERS: Rule(_only(_C), N_("A photo of a paper belongs to the record it was brought for.")),
    May.GIVE_RECORD: Rule(_only(_C), N_("Her record is hers: whoever sits with her may give it to her.")),
    May.ASK_ERASURE: Rule(_only(_C), N_("A record is hidden at once when she asks; erasing it is confirmed later.")),
    May.NOTE_REQUEST: Rule(_only(_C), N_("Whoever an authority asks writes down what was asked.")),
    May.DECIDE_REQUEST: Rule(_only(), N_("What an authority is given is decided by a supervisor, in writing.")),
    May.READ_JOURNAL: Rule(_only(_C), N_("The journal holds what records hold: who reads records reads it.")),
    May.SEE_REFUSALS: Rule(_only(), N_("Refusals show who tried what: a supervisor answers for it.")),
    May.KEEP_PEOPLE: Rule(_only(_A), N_("Who comes and goes is the work of the administrator and the supervisor.")),
    May.OWN_PASSWORD: Rule(_only(_C, _D, _A), N_("Everybody keeps her own password.")),
    May.REKEY: Rule(_only(_A), N_("After somebody left with a key, the file gets a new one.")),
    May.SETTINGS: Rule(_only(_A), N_("The centre's name and address are printed on every guide.")),
    May.NUMBERS: Rule(_only(_C), N_("Who calls a number knows that it is right.")),
    May.ERASE: Rule(_only(), N_("Erasing cannot be undone; a supervisor confirms it.")),
    May.TAKE_OUT: Rule(_only(), N_("What leaves the file leaves its protection; a supervisor decides.")),
    May.EXPORT: Rule(_only(_D), N_("Figures and parcels are checked before they leave.")),
    May.BACK_UP: Rule(_only(_C, _A), N_("A backup is sealed like the file itself; more backups, less loss.")),
    May.RESTORE: Rule(_only(_A), N_("A restored copy takes the place of today's work.")),
    May.VERIFY: Rule(_only(_C, _D, _A), N_("Looking for damage reads no names.")),
    May.LOCK_DOWN: Rule(_only(_C, _D, _A), N_("Whoever sees the danger first locks the file down.")),
    May.END_LOCKDOWN: Rule(_only(), N_("When the danger is over is for a supervisor to say.")),
    May.OUTREACH: Rule(_only(_C), N_("Who works in the park takes only the people of the day along.")),
    May.EXCHANGE: Rule(_only(_C, _D, _A), N_("Desks of one centre hold the same records; the carrier reads none.")),
    May.REFERENCE: Rule(_only(), N_("Guides and contract checks rest on the facts; a supervisor answers for them.")),
}  # fmt: skip
"""The one table. A role that stands in no rule of a right is refused, and the refusal is kept."""


class Refused(NotAllowed):
    """A role does not hold a right; ``right`` and the table asked for, if any, are kept with the refusal."""

    def __init__(self, role: Role, what: May, kind: str = "") -> None:
        super().__init__(N_("Your role ({role}) does not allow this: {what}."), role=role.label, what=what.label)
        self.right, self.kind = what, kind


def may(role: Role, what: May) -> bool:
    """Whether a role allows something."""
    return role in MATRIX[what].roles


def require(role: Role, what: May) -> None:
    """Raises Refused unless a role allows something."""
    if not may(role, what):
        raise Refused(role, what)


def allow(session: Session, what: May) -> None:
    """Raises Refused unless the officer of a session may do something; the store keeps the refusal."""
    require(cast("Role", session.info["role"]), what)


def needs(what: May) -> Callable[[Action], Action]:
    """Marks an action, whose first argument is a session or the store, with the right it needs, and checks it first."""

    def marked(action: Action) -> Action:
        @wraps(action)
        def checked(first: Any, /, *args: Any, **kwargs: Any) -> Any:
            if hasattr(first, "allow"):
                first.allow(what)
            else:
                allow(first, what)
            return action(first, *args, **kwargs)

        checked.needs = what  # type: ignore[attr-defined]
        return cast("Action", checked)

    return marked
