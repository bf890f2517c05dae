"""The words of a union membership."""

from __future__ import annotations

from mrc_app.i18n import N_, Labelled

# -- Words


class UnionStep(Labelled):
    """How far it has come."""

    INTEREST = "interest", N_("interested")
    ASKED = "asked", N_("asked to join")
    JOINED = "joined", N_("joined")
    DUES = "dues", N_("dues paid up to")
    LEFT = "left", N_("left the union")
