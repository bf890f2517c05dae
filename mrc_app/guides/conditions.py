"""When a line is printed. A line printed only for some people betrays its carrier, so most conditions print for all.

``irr``, ``asy`` and ``w`` lines (and everything about violence) select their own reader by their wording and go into
every book; the conditions only tell the officer what to read first. ``-asy`` lines drop when it is known that the
person fears her own state; not asked prints both. The rest are facts of the corridor and the kind of work.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from mrc_app.guides.kinds import DEPARTURE, Kind

ECOWAS = frozenset(["BJ", "CV", "CI", "GM", "GH", "GN", "GW", "LR", "NG", "SN", "SL", "TG"])
"""Members after Burkina Faso, Mali and Niger left on 29 January 2025 (general knowledge, check)."""

OUTDOOR = frozenset(
    [
        "agriculture",
        "construction",
        "seasonal",
        "fishing",
        "forestry",
        "plantation",
        "outdoor",
        "security_outdoor",
        "transport",
    ]
)
LIVE_IN = frozenset(["domestic", "care", "residential_support"])
EVERYONE = frozenset({"irr", "asy", "w"})
CONDITIONS = EVERYONE | {"-asy", "out", "dom", "abs", "ban", "ecowas", "min"}


@dataclass(frozen=True)
class Circumstances:
    """What decides on lines. None means not asked or not known, and then the line is printed."""

    outdoor: bool | None = None
    live_in: bool | None = None
    leaving_punished: bool | None = None
    strikes_banned: bool | None = None
    ecowas: bool = False
    fears_own_state: bool | None = None
    under_18: bool | None = None
    woman: bool | None = None
    irregular: bool | None = None
    home: bool | None = None


def circumstances(
    origin: str,
    destination: str,
    sector: str | None = None,
    *,
    fears_own_state: bool | None = None,
    under_18: bool | None = None,
    woman: bool | None = None,
    irregular: bool | None = None,
    leaving_punished: bool | None = None,
    strikes_banned: bool | None = None,
) -> Circumstances:
    """The circumstances of a corridor (ISO country codes), a kind of work and what is known of a person."""
    return Circumstances(
        outdoor=None if not sector else sector in OUTDOOR,
        live_in=None if not sector else sector in LIVE_IN,
        leaving_punished=leaving_punished,
        strikes_banned=strikes_banned,
        ecowas=origin in ECOWAS and destination in ECOWAS,
        fears_own_state=fears_own_state,
        under_18=under_18,
        woman=woman,
        irregular=irregular,
    )


def printed(when: Iterable[str], known: Circumstances) -> bool:
    """Whether a line with these conditions is printed."""
    return all(_holds(condition, known) for condition in when)


def _holds(condition: str, known: Circumstances) -> bool:
    if condition in EVERYONE:
        return True
    if condition == "-asy":
        return known.fears_own_state is not True
    if condition == "ecowas":
        return known.ecowas
    return {
        "out": known.outdoor,
        "dom": known.live_in,
        "abs": known.leaving_punished,
        "ban": known.strikes_banned,
        "min": known.under_18,
    }[condition] is not False


def read_first(known: Circumstances, kind: Kind = DEPARTURE) -> list[str]:
    """Up to five sections to read with this person first, the most urgent first (script, step 6)."""
    if kind is not DEPARTURE:
        return [*(sorted(kind.abroad) if known.home is not True else []), *kind.read_first][:5]
    order: list[str] = []
    if known.fears_own_state:
        order.append("D16")
    if known.irregular:
        order.append("D17")
    if known.woman or known.live_in:
        order.append("D14")
    if known.outdoor:
        order.append("D11")
    if known.leaving_punished:
        order.append("D6")
    order += kind.read_first
    return list(dict.fromkeys(order))[:5]
