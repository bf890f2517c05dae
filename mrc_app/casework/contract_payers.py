"""Who pays, who keeps: plain words of a contract read as employer, agency or worker. Other words stay unclear."""

from __future__ import annotations

import re
from enum import StrEnum

from mrc_app.casework.contract_terms import Value

# -- Rules


class Who(StrEnum):
    """Whom a term names."""

    EMPLOYER = "employer"
    AGENCY = "agency"
    WORKER = "worker"
    SHARED = "shared"


_NAMES = {
    Who.EMPLOYER: ("employer", "employers", "sponsor", "kafeel", "kafil", "household", "company", "firm", "master",
                   "madam", "boss", "supervisor"),
    Who.AGENCY: ("agency", "agent", "recruiter", "broker", "office", "middleman", "contractor"),
    Who.WORKER: ("worker", "employee", "helper", "herself", "himself", "themselves", "self", "candidate", "applicant",
                 "migrant"),
    Who.SHARED: ("shared", "both", "half"),
}  # fmt: skip
_SHE = ("she", "he", "her", "hers", "him", "his", "me", "i")
_NOBODY = ("none", "no", "nobody", "nothing", "not", "never", "without")


def who(value: Value | None) -> frozenset[Who]:
    """Whom the words name; empty where they name none of them."""
    said = words(value)
    named = frozenset(one for one, names in _NAMES.items() if said & set(names))
    if not named and said & set(_SHE):
        return frozenset({Who.WORKER})
    return frozenset({Who.SHARED}) if named >= {Who.EMPLOYER, Who.WORKER} else named


def words(value: Value | None) -> frozenset[str]:
    """The single words of a text, in small letters."""
    return frozenset(re.findall(r"[^\W\d_]+", value.lower())) if isinstance(value, str) else frozenset()


def nobody(value: Value | None) -> bool:
    """Whether the words say that there is none: "none", "no", "not given"."""
    return value is False or bool(words(value) & set(_NOBODY))


def nothing(value: Value | None) -> bool:
    """Whether the words say nothing but "none", "no", "no condition"."""
    return nobody(value) and words(value) <= {*_NOBODY, "condition", "conditions", "any", "penalty", "deductions"}
