"""The command about what a worker paid: a ledger file in, sums, ratio, excess and debt risk out."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any

import typer

from mrc_app.commands.speaking import Json, Today, day, say, toml_file
from mrc_app.errors import Invalid, Problem


def add_to(app: typer.Typer) -> None:
    """Adds this group's commands."""
    app.command("costs")(costs)


def costs(
    ledger: Annotated[Path, typer.Argument(help="A TOML file with [[cost]] and [[loan]] tables.")],
    income: Annotated[str, typer.Option(help="Earnings of the first full month, before deductions.")] = "",
    currency: Annotated[str, typer.Option(help="The currency of the earnings.")] = "",
    rate: Annotated[list[str] | None, typer.Option(help="C1:C2=N@DATE,SOURCE: 1 C1 = N C2. Repeat it.")] = None,
    basis: Annotated[str, typer.Option(help="actual earnings, or the wage of the contract.")] = "actual",
    corridor: Annotated[str, typer.Option(help="ORIGIN-DESTINATION, like NP-QA: compares with its rules.")] = "",
    sector: Annotated[str, typer.Option(help="The kind of work, like domestic.")] = "",
    living: Annotated[str, typer.Option(help="What she needs to live there, a month.")] = "",
    remittance: Annotated[str, typer.Option(help="What she sends home, a month.")] = "",
    first_job: Annotated[str, typer.Option(help="When the first job began; later rows are kept apart.")] = "",
    today: Today = None,
    as_json: Json = False,
) -> None:
    """Recruitment cost, months of earnings paid (SDG 10.7.1), excess over each side's rules, and debt risk."""
    from mrc_app.casework import cost_answer, cost_ledger
    from mrc_app.casework.cost_words import Basis
    from mrc_app.casework.journey_words import Sector
    from mrc_app.corridors import catalogue

    found = cost_ledger.read(toml_file(ledger, "ledger"))
    if basis not in list(Basis):
        raise Invalid(basis=Problem("“{word}” is neither actual nor contract.", {"word": basis}))
    if sector and sector not in {*Sector, "all", "private", "public"}:
        raise Invalid(sector=Problem("“{word}” is not a sector; there is: {list}.", _sectors(sector)))
    money = cost_ledger.currency_of(currency) if currency.strip() else ""
    picture = cost_answer.picture(
        found.lines, found.debts, on=day(today), rates_until=day(today) if today else None, currency=money,
        earning=_earning(income, money, basis, living, remittance), basis=Basis(basis),
        quotes=[cost_ledger.rate(text) for text in rate or ()],
        first_job=cost_ledger.day_of(first_job) if first_job else None,
        corridor=catalogue.corridor(corridor) if corridor else None, sector=sector or None,
    )  # fmt: skip
    document = cost_answer.document(picture)
    say(document, as_json, list(_told(document)))


def _sectors(said: str) -> dict[str, object]:
    from mrc_app.casework.journey_words import Sector

    return {"word": said, "list": ", ".join(["all", "private", "public", *Sector])}


def _earning(income: str, currency: str, basis: str, living: str, remittance: str) -> Any:
    from mrc_app.casework import cost_ledger
    from mrc_app.casework.cost_rules import Earning
    from mrc_app.casework.cost_words import Basis

    typed = {"income": income, "living": living, "remittance": remittance}
    if not any(text.strip() for text in typed.values()):
        return None
    if not currency:
        raise Invalid(currency="Say the currency of the earnings: --currency.")
    amounts: dict[str, Any] = {}
    for name, text in typed.items():
        try:
            amounts[name] = cost_ledger.amount_of(text, currency) if text.strip() else None
        except Invalid as wrong:
            raise Invalid(**{name: Problem("--{name}: {said}", {"name": name, "said": wrong})}) from None
    if amounts["income"] is None:
        return None
    return Earning(amounts["income"], Basis(basis), amounts["living"], amounts["remittance"])


def _told(document: dict[str, Any]) -> Any:
    from mrc_app.money import Money

    for currency, minor in document["by_currency"].items():
        yield f"Paid: {Money(minor, currency)}"
    for currency, minor in document["no_receipt"].items():
        yield f"Without a receipt: {Money(minor, currency)}"
    for one in document["rates"]:
        way = ", used the other way round" if one["inverse"] else ""
        yield f"Rate: {one['rate']} ({one['date']}, {one['source']}{way})"
    if document["ratio"] is None:
        yield f"No ratio: {document['why_no_ratio']}"
    else:
        yield f"Months of earnings paid: {Decimal(document['ratio'])} ({document['basis']} basis)"
    for one in document["excess"]:
        weight = f"{one['as_of'] or 'no date'}, {one['confidence']}"
        yield f"Too much, {one['side']}: {one['written']} ({one['source']}, {weight})"
    for one in document["cannot_tell"]:
        yield f"Cannot tell, {one['side']}: {one['reason']} ({one['source']})"
    risk = document["debt_risk"]
    yield f"Debt risk: {risk['level']}{''.join(f', {name}' for name in risk['triggers'])}"
    yield from (f"  {fact['text']}" for fact in risk["facts"])
