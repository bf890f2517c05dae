"""The profile ``mrc-export/1``: every table an export can hold, its columns, and the codes that stand in them.

Codes are ASCII and safe as XML attributes; ``_T`` is a total, ``_U`` unknown, ``_Z`` not applicable.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from mrc_app.casework.claim_rules import Form as ClaimForm
from mrc_app.casework.client_births import AgeBand
from mrc_app.casework.client_words import Kind, Sex, Stage, Status
from mrc_app.casework.counselling_words import Mode
from mrc_app.casework.events import EventType
from mrc_app.casework.grievance_words import Code, LodgedBy, Outcome
from mrc_app.casework.journey_words import RecruitedThrough, Sector
from mrc_app.casework.reintegration_words import Dimension
from mrc_app.casework.return_words import ReturnKind
from mrc_app.corridors.countries import alpha3
from mrc_app.exchange.ministry_export_words import COVERS
from mrc_app.figures.indicators_words import INDICATORS, Backlog, Form, Referred, Unit
from mrc_app.i18n import N_, Labelled

TOTAL, UNKNOWN, NOT_APPLICABLE = "_T", "_U", "_Z"
SEVERAL = "several"


class Skill(Labelled):
    """Skill levels of ISCO-08."""

    LOW = "1", N_("skill level 1")
    MIDDLE = "2", N_("skill level 2")
    HIGHER = "3", N_("skill level 3")
    HIGHEST = "4", N_("skill level 4")
    LEADING = "3_4", N_("skill levels 3 and 4 (managers)")


SKILL_OF = {"1": Skill.LEADING, "2": Skill.HIGHEST, "3": Skill.HIGHER, "9": Skill.LOW}
"""By the first digit of ISCO-08; 4 to 8 are level 2, armed forces are not told."""
LISTS: dict[str, type[Labelled]] = {
    "SEX": Sex, "AGE": AgeBand, "STAGE": Stage, "SECTOR": Sector, "KIND": Kind, "MODE": Mode, "GCAT": Code,
    "GOUT": Outcome, "SERVICE": Form, "HOW": ReturnKind, "EVENT": EventType, "STATE": Referred, "BACKLOG": Backlog,
    "RECRUITMENT": RecruitedThrough, "STATUS": Status, "LODGED": LodgedBy, "SKILL": Skill, "SUPPORT": Dimension,
    "SOURCE": ClaimForm, "MEASURE": Unit,
}  # fmt: skip
"""Dimensions whose codes are words of the desk."""
OWN_CODES = {
    "SEX": {"female": "F", "male": "M", "other": "O"},
    "AGE": {
        "under_15": "Y0T14", "15-17": "Y15T17", "18-24": "Y18T24", "25-34": "Y25T34", "35-49": "Y35T49",
        "50+": "Y_GE50",
    },
    "SKILL": {one.value: f"S{one.value}" for one in Skill},
}  # fmt: skip
LABELS = {
    "SEX": N_("Sex"), "AGE": N_("Age band"), "STAGE": N_("Stage"), "SECTOR": N_("Sector"),
    "KIND": N_("Kind of client"), "MODE": N_("How they met"), "GCAT": N_("What it is about"), "GOUT": N_("Outcome"),
    "SERVICE": N_("Service"), "HOW": N_("Way of return"), "EVENT": N_("Kind of event"), "STATE": N_("State"),
    "BACKLOG": N_("Open for"), "RECRUITMENT": N_("Recruited through"), "STATUS": N_("Migration status"),
    "LODGED": N_("Lodged by"), "SKILL": N_("Skill level (ISCO-08)"), "SUPPORT": N_("Kind of support"),
    "SOURCE": N_("How the amount came about"), "DEST": N_("Country of destination"), "CURRENCY": N_("Currency"),
    "REINT_DIM": N_("Dimension"), "REINT_STEP": N_("When"), "FIGURE": N_("Indicator"), "PART": N_("Part"),
    "MEASURE": N_("Unit"), "INDICATOR": N_("Indicator"),
}  # fmt: skip


@dataclass(frozen=True)
class Flow:
    """A dataflow: what it is broken down by, and its indicators with their units. ``apart``: dimensions whose rows
    overlap or may not be added, so that there is no total over them. ``sums``: indicators whose leaves add up."""

    id: str
    title: str
    dims: tuple[str, ...]
    units: dict[str, str]
    sums: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()

    @property
    def path(self) -> str:
        """Where its table stands in the export."""
        return f"indicators/{self.id}.csv"


def _flow(name: str, title: str, dims: str, apart: str = "", loose: str = "", **units: str) -> Flow:
    free = loose.split()
    return Flow(
        name, title, tuple(dims.split()), units, tuple(one for one in units if one not in free), tuple(apart.split())
    )


FLOWS = {
    one.id: one
    for one in (
        _flow("DF_PERSONS", N_("Persons"), "SEX AGE DEST SECTOR STAGE", PERSONS_N="PS", PERSONS_NEW_N="PS"),
        _flow("DF_SERVICES", N_("Service contacts"), "SEX AGE DEST SECTOR", SERVICES_N="NUM"),
        _flow("DF_SERVICE_TYPES", N_("Persons by service"), "SERVICE SEX", "SERVICE", SERVICE_PERSONS_N="PS"),
        _flow("DF_CONTACT_MODES", N_("Service contacts"), "MODE SEX", CONTACTS_N="NUM"),
        _flow("DF_GRIEVANCES", N_("Complaints opened"), "GCAT GOUT", loose="DAYS_MEDIAN",
              GRIEVANCES_N="NUM", GRIEVANCES_CLOSED_N="NUM", GRIEVANCES_TAKEN_OVER_N="NUM", DAYS_MEDIAN="DAYS"),
        _flow("DF_COMPLAINANTS", N_("Complainants"), "GCAT SEX DEST", COMPLAINANTS_N="PS"),
        _flow("DF_COMPENSATION", N_("Money claimed, offered, awarded, paid"), "CURRENCY SOURCE", "CURRENCY SOURCE",
              COMP_N="PS", COMP_CLAIMED="CURRENCY", COMP_OFFERED="CURRENCY", COMP_AWARDED="CURRENCY",
              COMP_PAID="CURRENCY", COMP_PAID_N="PS"),
        _flow("DF_RECRUITMENT_COST", N_("Recruitment cost ratio"), "SEX DEST SKILL CURRENCY", "CURRENCY",
              "RC_RATIO_AGG RC_RATIO_MEDIAN", RC_N="PS", RC_COST_SUM="CURRENCY", RC_INCOME_SUM="CURRENCY",
              RC_RATIO_AGG="MONTHS", RC_RATIO_MEDIAN="MONTHS"),
        _flow("DF_RETURNEES", N_("Returnees"), "SEX AGE DEST HOW", RETURNEES_N="PS"),
        _flow("DF_REINTEGRATION", N_("Reintegration scores"), "REINT_DIM REINT_STEP SEX", "REINT_DIM REINT_STEP SEX",
              "REINT_N SCORE_MEAN", REINT_N="PS", SCORE_MEAN="SCORE"),
        _flow("DF_SUPPORT", N_("Support delivered"), "SUPPORT SEX CURRENCY", "SUPPORT CURRENCY",
              SUPPORT_N="PS", SUPPORT_PAID="CURRENCY"),
        _flow("DF_OUTREACH", N_("Events held"), "EVENT", loose="AUDIENCE_N", EVENTS_N="NUM", AUDIENCE_N="PS"),
        _flow("DF_OUTREACH_SEX", N_("Persons met at events"), "SEX", MET_SEX_N="PS"),
        _flow("DF_OUTREACH_AGE", N_("Persons met at events"), "AGE", MET_AGE_N="PS"),
        _flow("DF_OUTREACH_KIND", N_("Persons met at events"), "KIND", MET_KIND_N="PS"),
        _flow("DF_VISITS", N_("Visits counted without a name"), "SEX AGE KIND", VISITS_N="NUM"),
        _flow("DF_REFERRALS", N_("Referrals"), "STATE", REFERRALS_N="NUM"),
        _flow("DF_BACKLOG", N_("Open cases by age"), "BACKLOG", OPEN_N="NUM"),
        _flow("DF_TRAINING", N_("Trained"), "SEX AGE", TRAINED_N="PS"),
        _flow("DF_FIGURES", N_("Report of figures"), "FIGURE PART MEASURE CURRENCY", "FIGURE PART MEASURE CURRENCY",
              "FIGURE_VALUE FIGURE_N FIGURE_OF", FIGURE_VALUE="MEASURE", FIGURE_N="NUM", FIGURE_OF="NUM"),
    )
}  # fmt: skip
FIRST = ("STRUCTURE", "STRUCTURE_ID", "ACTION", "FREQ", "REF_AREA", "CENTRE", "INDICATOR")
LAST = ("TIME_PERIOD", "OBS_VALUE", "UNIT_MEASURE", "OBS_STATUS", "CONF_STATUS", "PERIOD_START", "PERIOD_END",
        "LOCAL_PERIOD")  # fmt: skip
INDICATOR_NAMES = {
    "PERSONS_N": N_("Persons served"), "PERSONS_NEW_N": N_("Persons newly registered"),
    "SERVICES_N": N_("Service contacts"), "CONTACTS_N": N_("Service contacts"),
    "GRIEVANCES_N": N_("Complaints opened"), "GRIEVANCES_CLOSED_N": N_("Complaints closed"),
    "GRIEVANCES_TAKEN_OVER_N": N_("Complaints taken over from another centre, counted there"),
    "DAYS_MEDIAN": N_("Median days to close"), "COMPLAINANTS_N": N_("Complainants"),
    "COMP_N": N_("Persons with a claim"), "COMP_CLAIMED": N_("claimed"), "COMP_OFFERED": N_("offered"),
    "COMP_AWARDED": N_("awarded or agreed"), "COMP_PAID": N_("paid"), "COMP_PAID_N": N_("Persons paid"),
    "RC_N": N_("Workers with cost and earnings known"), "RC_COST_SUM": N_("Sum of the costs paid"),
    "RC_INCOME_SUM": N_("Sum of monthly earnings, in the currency of the costs"),
    "RC_RATIO_AGG": N_("Costs divided by monthly earnings"), "RC_RATIO_MEDIAN": N_("Median ratio of this centre"),
    "RETURNEES_N": N_("Returnees"), "REINT_N": N_("Persons with a score"), "SCORE_MEAN": N_("Mean score"),
    "SUPPORT_N": N_("Persons paid"), "SUPPORT_PAID": N_("Money paid"), "EVENTS_N": N_("Events held"),
    "AUDIENCE_N": N_("Estimated media audience"), "MET_SEX_N": N_("Persons met at events"),
    "MET_AGE_N": N_("Persons met at events"), "MET_KIND_N": N_("Persons met at events"),
    "SERVICE_PERSONS_N": N_("Persons served"),
    "VISITS_N": N_("Visits counted without a name"), "REFERRALS_N": N_("Referrals"),
    "OPEN_N": N_("Open cases by age"), "TRAINED_N": N_("Trained"), "FIGURE_VALUE": N_("Value"),
    "FIGURE_N": N_("n"), "FIGURE_OF": N_("of"),
}  # fmt: skip

# -- Case rows


@dataclass(frozen=True)
class Field:
    """A column of a table: its type (string, integer, number), the code list its values come from, or a pattern."""

    name: str
    type: str = "string"
    codes: str = ""
    pattern: str = ""
    required: bool = False


@dataclass(frozen=True)
class Rows:
    """A table of rows: key, columns, and which of its columns point at another table."""

    id: str
    folder: str
    fields: tuple[Field, ...]
    key: tuple[str, ...] = ()
    points: tuple[tuple[str, str], ...] = ()

    @property
    def path(self) -> str:
        """Where it stands in the export."""
        return f"{self.folder}/{self.id}.csv"


MONTH, CASE_TOKEN, GRIEVANCE_TOKEN = r"\d{4}-\d{2}", r"C-[0-9A-HJKMNP-TV-Z]{12}", r"G-[0-9A-HJKMNP-TV-Z]{12}"
_CASE = Field("case_token", pattern=CASE_TOKEN, required=True)
_GRIEVANCE = Field("grievance_token", pattern=GRIEVANCE_TOKEN, required=True)
_ADM1 = r"_U|[A-Z]{2}-[A-Z0-9]{1,3}"
CASE_TABLES = (
    Rows("cases", "data", (
        _CASE, Field("centre_code", required=True), Field("period", required=True),
        Field("open_month", pattern=MONTH, required=True), Field("sex", codes="SEX"), Field("age_group", codes="AGE"),
        Field("origin_adm1", pattern=_ADM1), Field("destination", codes="DEST"), Field("sector", codes="SECTOR"),
        Field("stage", codes="STAGE"), Field("channel", codes="MODE"), Field("recruitment", codes="RECRUITMENT"),
        Field("status", codes="STATUS"),
    ), ("case_token",)),
    Rows("services", "data", (
        _CASE, Field("service", codes="SERVICE", required=True), Field("month", pattern=MONTH, required=True),
        Field("sessions", "integer"),
    ), ("case_token", "service", "month"), (("case_token", "cases"),)),
    Rows("grievances", "data", (
        _GRIEVANCE, _CASE, Field("category", codes="GCAT", required=True), Field("outcome", codes="GOUT"),
        Field("channel", codes="LODGED"), Field("month_filed", pattern=MONTH, required=True),
        Field("days_to_outcome", "integer"), Field("joint_id", pattern=r"J-[0-9a-f]{16}"),
    ), ("grievance_token",), (("case_token", "cases"),)),
    Rows("compensation", "data", (
        _GRIEVANCE, Field("currency", codes="CURRENCY", required=True), Field("claimed", "number"),
        Field("awarded", "number"), Field("paid", "number"), Field("source", codes="SOURCE"),
    ), ("grievance_token", "currency"), (("grievance_token", "grievances"),)),
    Rows("recruitment_costs", "data", (
        _CASE, Field("destination", codes="DEST"), Field("sex", codes="SEX"), Field("skill", codes="SKILL"),
        Field("currency", codes="CURRENCY"), Field("cost_total", "number"), Field("income_month1", "number"),
        Field("ratio_months", "number"), Field("first_job_year", "integer"),
    ), ("case_token",), (("case_token", "cases"),)),
    Rows("reintegration", "data", (
        _CASE, Field("dimension", pattern=r"[A-Z0-9_]+", required=True),
        Field("step", pattern=r"[A-Z0-9_]+", required=True), Field("score_0_1", "number", required=True),
    ), ("case_token", "dimension", "step"), (("case_token", "cases"),)),
)  # fmt: skip
LINKAGE = Rows("linkage_keys", "linkage", (
    Field("linkage_id", pattern=r"L-[0-9A-HJKMNP-TV-Z]{12}", required=True),
    Field("key_type", pattern="[PTABC]", required=True), Field("key_hmac", pattern="[0-9a-f]{64}", required=True),
    Field("key_version", pattern=r"\d{4}", required=True),
), ("linkage_id", "key_type", "key_hmac"))  # fmt: skip
SWITCHED_FIELDS = {("cases", "status"): "migration_status"}
"""Columns that are there only when an agreement switches them on."""

INSIDE = frozenset({"C9", "T"})
"""Indicators that leave in no tier: the forced-labour screening, and targets."""

# -- Codes


def code_of(dimension: str, word: str) -> str:
    """The code of a word of the desk in a dimension."""
    if word in ("not_stated", "not_asked", "unknown", "not_known", ""):
        return UNKNOWN
    if word in (TOTAL, NOT_APPLICABLE):
        return word
    if dimension == "DEST":
        return alpha3().get(word, UNKNOWN)
    return OWN_CODES.get(dimension, {}).get(word) or word.upper().replace("-", "_").replace(" ", "_")


@cache
def labels(dimension: str, shown: frozenset[str] = frozenset()) -> dict[str, str]:
    """The codes of a dimension with their labels (message ids), in order; nothing where any code may stand. A
    sensitive word has a code only where it is among those ``shown``."""
    if dimension == "INDICATOR":
        return dict(INDICATOR_NAMES)
    if dimension == "FIGURE":
        return {code: one.label for code, one in INDICATORS.items() if code not in INSIDE}
    if dimension not in LISTS:
        return {}
    hidden = frozenset(word for words in COVERS.values() for word in words) - shown
    found = {code_of(dimension, one.value): one.label for one in LISTS[dimension] if one.value not in hidden}
    if dimension in ("GCAT", "GOUT"):
        found[code_of(dimension, SEVERAL)] = N_("several")
    return found
