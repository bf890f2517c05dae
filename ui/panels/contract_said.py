"""Contracts in the words of the screen: terms, what a contract and a rule say, reasons, states and their colours."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from mrc_app.casework.contract_words import TERMS
from mrc_app.i18n import N_, _, isolate, ltr, screen_language
from ui.widgets.dates import screen_date
from ui.words import cap

STATE_TONES = {
    "ok": "green", "missing": "amber", "worse": "amber", "unclear": "blue", "not_applicable": "plain",
    "cannot_tell": "plain",
}  # fmt: skip
VERDICT_TONES = {
    "not_given": "plain", "pass": "green", "pass_with_corrections": "amber", "do_not_sign_yet": "red",
    "do_not_sign": "red", "put_right": "red",
}  # fmt: skip
SUBSTITUTION = "25"
SIDES = {
    "origin": N_("rule of the country of origin"),
    "destination": N_("rule of the destination"),
    "agreement": N_("agreement between the countries"),
}
SURE = {"high": N_("well sourced"), "medium": N_("second-hand source"), "low": N_("weak source")}


def term_name(key: str) -> str:
    """What a term is called; a key nobody named stands as it is."""
    return cap(_(TERMS[key])) if key in TERMS else ltr(key)


def term_said(value: Any) -> str:
    """A term's value: "–" where the paper is silent, empty where nobody looked."""
    if value is None:
        return ""
    if value == "" and isinstance(value, str):
        return _("the paper does not say")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, Decimal):
        return ltr(number_said(value))
    if isinstance(value, date):
        return screen_date(value)
    if isinstance(value, tuple):
        return " · ".join(_deduction(one) for one in value) or _("none")
    return text_said(value)


def _deduction(one: Any) -> str:
    money = " ".join(part for part in (one.currency or "", number_said(one.amount)) if part)
    return " ".join(part for part in (isolate(one.what or ""), ltr(money) if money else "") if part)


def number_said(number: Decimal | None) -> str:
    """A number as a reader of the screen's language writes it."""
    if number is None:
        return ""
    from babel.numbers import format_decimal

    from mrc_app.i18n import babel_locale

    locale = babel_locale(screen_language().code)
    return str(format_decimal(number, locale=locale, decimal_quantization=False, numbering_system="latn"))


def shown(kept: Mapping[str, str] | None) -> str:
    """What a contract or a rule says, from what is kept of it."""
    if not kept:
        return ""
    figure = number_said(Decimal(kept["amount"])) if "amount" in kept else ""
    money = " ".join(part for part in (kept.get("currency", ""), figure) if part)
    parts = [ltr(money) if money else ""]
    parts += [_(kept[name]) for name in ("unit", "words") if kept.get(name)]
    parts.append(text_said(kept.get("text", "")))
    return " ".join(part for part in parts if part)


def text_said(text: str) -> str:
    """Words as they were written; a rest day "by agreement" in the screen's language."""
    return _("by agreement") if text == "by_agreement" else isolate(text) if text else ""


def reason(kept: Mapping[str, Any]) -> str:
    """A kept reason in the screen's language."""
    values = {name: _value(value) for name, value in kept.get("values", {}).items()}
    return _(kept["message"], **values) if values else _(kept["message"])


def _value(value: Any) -> str:
    if isinstance(value, Mapping):
        return _(value["words"]) if set(value) == {"words"} else shown(value)
    return str(value)


def behind(finding: Mapping[str, Any]) -> str:
    """Whose rule it is, where it was read, how old that is and how sure it makes us; empty where no rule is meant."""
    source = finding.get("source")
    if not source:
        return ""
    age = _("of {date}", date=ltr(finding["as_of"])) if finding.get("as_of") else _("undated")
    parts = [_(SIDES[finding["side"]]) if finding.get("side") else "", isolate(source), age]
    sure = SURE.get(finding.get("confidence") or "")
    return cap(" · ".join(part for part in (*parts, _(sure) if sure else "") if part))


def beside(finding: Mapping[str, Any]) -> str:
    """What the contract says and what the rule says, side by side."""
    contract, rule = shown(finding.get("contract")), shown(finding.get("rule"))
    parts = [
        _("Contract: {words}", words=contract) if contract else "",
        (_("Before: {words}", words=rule) if finding["check"] == SUBSTITUTION else _("Rule: {words}", words=rule))
        if rule
        else "",
    ]
    return " · ".join(part for part in parts if part)
