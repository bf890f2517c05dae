"""How costs are shown: sums of each currency, months of earnings with their basis, debt risk in words, each side's
rules with source and age."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mrc_app.casework.cost_answer import Picture
from mrc_app.casework.cost_debts import DebtFact, DebtRisk
from mrc_app.casework.cost_excess import Comparison, Finding
from mrc_app.casework.cost_rules import Sums, Used, rounded
from mrc_app.casework.cost_words import Level
from mrc_app.corridors.facts import Confidence, Fact, Side
from mrc_app.i18n import N_, _, isolate, ltr, ngettext
from mrc_app.money import Money
from ui.look import px
from ui.panels.costs_asked import told
from ui.widgets.dates import screen_date
from ui.widgets.text import chip, icon_label, label
from ui.words import sentence, word

LEVELS = {Level.HIGH: "red", Level.NOT_HIGH: "green", Level.UNKNOWN: "plain"}
FINDINGS = {Finding.OVER: "red", Finding.AT_MOST: "amber", Finding.WITHIN: "green", Finding.CANNOT_TELL: "plain"}
SIDES = {
    Side.ORIGIN: N_("Rule of the country of origin"),
    Side.DESTINATION: N_("Rule of the country of work"),
    Side.AGREEMENT: N_("Agreement between the two countries"),
}
SURE = {
    Confidence.HIGH: N_("sure"),
    Confidence.MEDIUM: N_("fairly sure"),
    Confidence.LOW: N_("weak source"),
}


def sums(found: Sums) -> str:
    """Every currency by itself, never added."""
    return " · ".join(told(Money(minor, currency)) for currency, minor in found.items())


def figures(found: Picture) -> Iterator[tuple[str, str]]:
    """The named figures of the head."""
    made = found.sums
    yield _("Paid by her, less what was given back"), sums(made.by_currency)
    yield _("Of it without a receipt"), sums(made.no_receipt)
    if made.after_first_job:
        yield _("Paid after the first job began"), sums(made.after_first_job)
    if made.ratio is not None:
        months = ltr(rounded(made.ratio))
        yield _("Months of earnings paid"), _("{months} ({basis})", months=months, basis=_(made.basis.label))


def rate_words(used: Used) -> str:
    """A rate that was used, with its day and source."""
    quote = used.quote
    said = ltr(f"1 {quote.one} = {quote.number:f} {quote.other}")
    words = _("Reckoned with {rate}, {source}, {date}.", rate=said, source=quote.source, date=screen_date(quote.on))
    return words + (" " + _("The rate was used the other way round.") if used.inverse else "")


def why_words(found: Picture) -> str:
    """Why there is no ratio; empty where there is one or where nothing was paid yet."""
    why = found.sums.why
    return sentence(why.message, why.values) if why is not None else ""


def debt_rows(risk: DebtRisk) -> Iterator[QWidget]:
    """What makes the debt a risk first, then every fact beside it."""
    for trigger in risk.triggers:
        yield _point("triangle-alert", "red", word(trigger), "strong")
    for fact in risk.facts:
        yield _point("circle-dot", "red" if fact.trigger else "muted", fact_words(fact), "" if fact.value else "muted")


def fact_words(fact: DebtFact) -> str:
    """A fact of a debt in the screen's language."""
    said = fact.said
    values = {name: told(value) if isinstance(value, Money) else value for name, value in said.values.items()}
    return sentence(said.message, values)


def level_chip(risk: DebtRisk) -> QWidget:
    """The level as a word."""
    return chip(_("Debt risk: {level}", level=_(risk.level.label)), LEVELS[risk.level])


def _point(icon: str, tint: str, text: str, role: str) -> QWidget:
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(px(8))
    row.addWidget(icon_label(icon, tint, 16))
    row.addWidget(label(text, role), 1)
    return made


def compared_row(one: Comparison) -> QWidget:
    """One payment beside one rule."""
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, px(4), 0, px(4))
    row.setSpacing(px(10))
    words = QVBoxLayout()
    words.setSpacing(px(1))
    words.addWidget(label(f"{_(SIDES[one.fact.side])}: {_verdict(one)}", "strong"))
    if one.why is not None:
        words.addWidget(label(sentence(one.why.message, one.why.values), ""))
    for source in dict.fromkeys(source_words(fact) for fact in (one.fact, *one.also)):
        words.addWidget(label(source, "small"))
    row.addLayout(words, 1)
    row.addWidget(chip(_chip(one), FINDINGS[one.finding]))
    return made


def _verdict(one: Comparison) -> str:
    what = " + ".join(one.codes) if one.finding is not Finding.OVER else ""
    paid = _("{amount} paid", amount=told(one.paid))
    limit = _("{amount} allowed", amount=told(one.allowed)) if one.allowed is not None else ""
    return " · ".join(part for part in (what, paid, limit) if part)


def _chip(one: Comparison) -> str:
    if one.finding is Finding.OVER and one.amount is not None:
        return _("{amount} too much", amount=told(one.amount))
    if one.finding is Finding.AT_MOST and one.amount is not None:
        return _("To look at: at most {amount}", amount=told(one.amount))
    return word(one.finding)


def source_words(fact: Fact) -> str:
    """Where a rule was read, how old it is and how sure."""
    age = ltr(fact.as_of) if fact.as_of else _("no date")
    return " · ".join(part for part in (isolate(fact.source.title), age, _(SURE[fact.confidence])) if part)


def beside_words(fact: Fact) -> str:
    """What the corridor's file says a worker pays."""
    value = told(fact.money) if fact.money is not None else isolate(fact.value_text)
    return f"{_(SIDES[fact.side])}: {value} · {source_words(fact)}"


def rows_words(count: int) -> str:
    """How many rows there are."""
    return ngettext("{n} payment", "{n} payments", count)
