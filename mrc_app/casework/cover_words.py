"""Words of cover and entitlements."""

from __future__ import annotations

from mrc_app.i18n import N_, Labelled

# -- Words


class Scheme(Labelled):
    """What a cover pays for."""

    PENSION = "pension", N_("pension or social security")
    HEALTH = "health", N_("health insurance")
    MICRO_HEALTH = "micro_health", N_("micro health insurance")
    ACCIDENT = "accident", N_("life, accident or work injury")
    WELFARE = "welfare_fund", N_("migrants' welfare fund")
    END_OF_SERVICE = "end_of_service", N_("end-of-service benefit")
    OTHER = "other", N_("other cover")


class ClaimState(Labelled):
    """How far a claim on a cover has come."""

    NONE = "none", N_("nothing claimed yet")
    PREPARING = "preparing", N_("papers are being collected")
    FILED = "filed", N_("claimed")
    REFUSED = "refused", N_("refused")
    GRANTED = "granted", N_("granted, not paid yet")
    PAID = "paid", N_("paid")
    NOT_KNOWN = "not_known", N_("not known")
