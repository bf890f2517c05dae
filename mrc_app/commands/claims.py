"""Commands that reckon claims and time limits, with no centre file needed: month tables, shares, last days."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

import typer

from mrc_app.commands.speaking import Json, Today, day, say
from mrc_app.errors import Invalid, Problem

BARE = dict.fromkeys(range(0x2066, 0x206A))


def add_to(app: typer.Typer) -> None:
    """Adds this group's commands."""
    app.command("wage-months")(wage_months)
    app.command("share")(share)
    app.command("deadline")(deadline)
    app.command("deadline-rules")(deadline_rules)


def wage_months(
    wage: Annotated[str, typer.Argument(help="The wage for a month, or for a day with --days.")],
    currency: Annotated[str, typer.Argument(help="Its currency, like USD.")],
    since: Annotated[str, typer.Option("--from", help="The first day of work, YYYY-MM-DD.")],
    months: Annotated[int, typer.Option(help="So many whole months of work.")] = 0,
    until: Annotated[str, typer.Option(help="Or the last day of work, YYYY-MM-DD.")] = "",
    by_days: Annotated[bool, typer.Option("--by-days", help="Count the first and last month by days.")] = False,
    days: Annotated[int, typer.Option(help="Or so many days of work, with --until, at a wage for the day.")] = 0,
    paid: Annotated[str, typer.Option(help="What was paid altogether, laid on the oldest months first.")] = "",
    months_paid: Annotated[int, typer.Option(help="The first so many months were paid whole.")] = 0,
    as_json: Json = False,
) -> None:
    """The month table of a wage claim: due, paid and owed."""
    from mrc_app.casework import claim_months
    from mrc_app.money import Money

    money = Money.of(wage, currency)
    rows, over = _rows(money, _day(since, "from"), months, until, by_days, days)
    rows = claim_months.paid_in_full(rows, months_paid)
    if paid:
        rows = claim_months.paid_altogether(rows, Money.of(paid, currency))
    due, got, owed = claim_months.totals(rows)
    table = [
        {"first": row.first.isoformat(), "last": row.last.isoformat(), "days": row.days, "due": str(row.due.amount),
         "paid": str(row.paid.amount), "owed": str(row.owed.amount)}
        for row in rows
    ]  # fmt: skip
    sums = {"due": str(due.amount), "paid": str(got.amount), "owed": str(owed.amount)}
    lines = [f"{row['first']} – {row['last']}  {row['due']:>12} {row['paid']:>12} {row['owed']:>12}" for row in table]
    lines.append(f"due {due}, paid {got}, owed {owed}" + (f"; {over} days left over, in no row" if over else ""))
    say({"currency": currency, "months": table, **sums, "days_left_over": over}, as_json, lines)


def _rows(money: Any, first: date, months: int, until: str, by_days: bool, days: int) -> tuple[Any, int]:
    from mrc_app.casework import claim_months

    if not until:
        return claim_months.whole_months(first, months, money), 0
    last = _day(until, "until")
    if days:
        return (claim_months.worked_days(first, last, days, money),), 0
    table = claim_months.between(first, last, money, by_days=by_days)
    return table.rows, table.left_over


def share(
    total: Annotated[str, typer.Argument(help="The sum that was offered, awarded, agreed or paid for all.")],
    currency: Annotated[str, typer.Argument(help="Its currency.")],
    claims: Annotated[list[str], typer.Argument(help="What each claims: NAME=AMOUNT …")],
    as_json: Json = False,
) -> None:
    """Shares one sum by what each claims, to the last minor unit."""
    from mrc_app.casework import claim_rules
    from mrc_app.money import Money

    claimed: dict[str, Money] = {}
    for said in claims:
        name, equals, amount = said.partition("=")
        if not equals or not name.strip() or name.strip() in claimed:
            raise Invalid(claims=Problem("“{said}” is not NAME=AMOUNT, or stands there twice.", {"said": said}))
        claimed[name.strip()] = Money.of(amount, currency)
    whole = Money.of(total, currency)
    parts = claim_rules.shared(whole, claimed)
    every = claim_rules.percent(whole.minor, sum(money.minor for money in claimed.values()))
    rows = [
        {"name": name, "claimed": str(claimed[name].amount), "share": str(part.amount),
         "percent": claim_rules.percent(part.minor, claimed[name].minor)}
        for name, part in parts.items()
    ]  # fmt: skip
    lines = [f"{row['name']}: {row['share']} of {row['claimed']} ({row['percent']} %)" for row in rows]
    say({"currency": currency, "shares": rows, "percent": every}, as_json, [*lines, f"{whole}: {every} % of all"])


def deadline(
    started: Annotated[str, typer.Option(help="The day of the event, YYYY-MM-DD. It is not counted.")] = "",
    length: Annotated[int | None, typer.Option(help="How long the time limit is.")] = None,
    unit: Annotated[str, typer.Option(help="days, working_days, weeks, months or years.")] = "days",
    or_visa: Annotated[bool, typer.Option("--or-visa", help="The end of the visa counts where it is earlier.")] = False,
    visa_until: Annotated[str, typer.Option(help="The limit of stay, YYYY-MM-DD.")] = "",
    hearing: Annotated[list[str] | None, typer.Option(help="A day of a hearing. Repeat it.")] = None,
    language: Annotated[str, typer.Option(help="The language of the sentences.")] = "en",
    today: Today = None,
    as_json: Json = False,
) -> None:
    """The last day of a time limit, and what must still be asked."""
    from mrc_app.casework import deadline_rules as rules
    from mrc_app.casework.deadline_words import Other, written

    visa = _day(visa_until, "visa-until") if visa_until else None
    other = Other.STAY if or_visa or visa else None
    first = _day(started, "started") if started else None
    clock = rules.Clock(length, _unit(unit, length), first, other, visa)
    found = rules.standing(clock, day(today))
    late = rules.hearings_after(found.due, [_day(one, "hearing") for one in hearing or ()])
    falls = rules.falls_on(found.due)
    told = [rules.said(found), *late, *([falls] if falls else []), *(Problem(ask.label) for ask in found.asks)]
    sentences = [written(one, language).translate(BARE) for one in told]
    document = {
        "due": found.due.isoformat() if found.due else None, "state": found.state.value, "days_left": found.days_left,
        "at_latest": found.at_latest, "asks": [ask.value for ask in found.asks], "said": sentences,
    }  # fmt: skip
    say(document, as_json, sentences)


def deadline_rules(
    corridor: Annotated[str, typer.Argument(help="ORIGIN-DESTINATION, like PH-HK.")],
    sector: Annotated[str, typer.Option(help="The kind of work, like domestic.")] = "",
    today: Today = None,
    as_json: Json = False,
) -> None:
    """The time limits a corridor's file states, with source and age."""
    from mrc_app.casework import deadline_rules as rules
    from mrc_app.corridors import catalogue

    found, on = catalogue.corridor(corridor), day(today)
    facts = [fact for key in (rules.STAY, rules.TIME_LIMIT) for fact in found.answer(key, sector or None, on).facts]
    known = [rule for rule in map(rules.from_fact, facts) if rule is not None]
    rows = [
        {"purpose": rule.purpose.value, "length": rule.number, "unit": rule.unit.value if rule.unit else None,
         "event": rule.event.value, "side": rule.side.value, "or_earlier": rule.other.value if rule.other else None,
         "source": rule.source, "legal_basis": rule.legal_basis or None, "note": rule.note or None,
         "confidence": rule.confidence, "as_of": rule.as_of or None, "read_on": str(rule.read_on or "") or None,
         "stale": rules.is_stale(rule.checked_on, rule.read_on, on)}
        for rule in known
    ]  # fmt: skip
    lines = [
        f"{rule.purpose.label}: {rule.number} {rule.unit.value if rule.unit else ''}, {rule.event.label} "
        f"({rule.side.label}; {rule.source})"
        for rule in known
    ]
    say(rows, as_json, lines or ["No time limit is known here. Ask a lawyer."])


def _unit(word: str, length: int | None) -> Any:
    from mrc_app.casework import deadline_rules as rules
    from mrc_app.casework.deadline_words import Unit

    if word not in list(Unit):
        raise Invalid(unit=Problem("“{word}” is not days, working_days, weeks, months or years.", {"word": word}))
    most = rules.LONGEST[Unit(word)]
    if length is not None and not 1 <= length <= most:
        raise Invalid(length=Problem("A time limit is 1 to {most} {unit} long.", {"most": most, "unit": word}))
    return Unit(word)


def _day(text: str, option: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Invalid(**{option.replace("-", "_"): Problem("“{text}” is not a date.", {"text": text})}) from None
