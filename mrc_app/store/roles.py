"""Who may do what at the desk. Roles are rules of this program: every key slot opens the same key, so they keep
colleagues apart, not a thief with the file and a password."""

from __future__ import annotations

from mrc_app.i18n import N_, Labelled


class Role(Labelled):
    """What an officer does at the desk."""

    CASEWORKER = "caseworker", N_("caseworker")
    SUPERVISOR = "supervisor", N_("supervisor")
    DATA_OFFICER = "data_officer", N_("data officer")
    ADMINISTRATOR = "administrator", N_("administrator")


class May(Labelled):
    """What a role may be asked for."""

    SEE_NAMES = "see_names", N_("see lists of names")
    RESTRICT = "restrict", N_("restrict a client to named officers")
    KEEP_PEOPLE = "keep_people", N_("add and remove officers")
    READ_JOURNAL = "read_journal", N_("read the journal")


MATRIX: dict[Role, frozenset[May]] = {
    Role.CASEWORKER: frozenset({May.SEE_NAMES, May.RESTRICT, May.READ_JOURNAL}),
    Role.SUPERVISOR: frozenset({May.SEE_NAMES, May.RESTRICT, May.READ_JOURNAL, May.KEEP_PEOPLE}),
    Role.DATA_OFFICER: frozenset(),
    Role.ADMINISTRATOR: frozenset({May.SEE_NAMES, May.READ_JOURNAL, May.KEEP_PEOPLE}),
}


def may(role: Role, what: May) -> bool:
    """Whether a role allows something."""
    return what in MATRIX[role]
