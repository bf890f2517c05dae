"""The indicators of a period counted once more, from the plain takeout alone: nothing of this program is read or run.

    python tests/figures/recount.py takeout-2026-11-21.zip report.json 2026-11-21

prints every figure that is another number than in the report (``mrc report --json``, made on that day); ends with 1 if
there is one. Written from the formulas that the report prints beside its figures.
"""

from __future__ import annotations

import csv
import io
import json
import sys
from collections import defaultdict
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any
from zipfile import ZipFile

Row = dict[str, str]
Figures = dict[tuple[str, str, str], str]
Cells = dict[tuple[str, ...], int]
END = {"closed", "withdrawn", "lapsed", "rejected", "transferred"}
GOOD = {"settled", "awarded", "paid_part", "paid"}
MONEY = {"claim": "claimed", "offer": "offered", "award": "awarded", "settlement": "awarded", "payment": "paid"}
SERVICES = {
    "F2": (("handout", "on"), ("contact", "on")),
    "F3": (("contractcheck", "checked_on"),),
    "F4": (("cost", "noted_on"), ("income", "noted_on"), ("loan", "noted_on")),
    "F5": (("complainant", "since"), ("claimentry", "on")),
    "F6": (("referral", "made_on"),),
    "F8": (("skill", "noted_on"),),
    "F9": (("training", "since"), ("training", "certified_on"), ("recognition", "assessed_on")),
    "F10": (
        ("return", "noted_on"), ("plan", "made_on"), ("assessment", "on"), ("supportinstalment", "paid_on"),
    ),
}  # fmt: skip
DECIMALS = {
    "KWD": 3,
    "BHD": 3,
    "OMR": 3,
    "JOD": 3,
    "TND": 3,
    "JPY": 0,
    "KRW": 0,
    "XOF": 0,
    "XAF": 0,
    "UGX": 0,
    "VND": 0,
}
LEVELS = {"1": "4", "2": "4", "3": "3", "9": "1", **dict.fromkeys("45678", "2")}


class Takeout:
    """The files of a takeout, and who is one person."""

    def __init__(self, path: Path) -> None:
        self.zipped = ZipFile(path)
        self.read: dict[str, list[Row]] = {}
        linked = {row["client"]: row["person"] for row in self.rows("persons")}
        self.person = {row["uuid"]: linked.get(row["uuid"], row["uuid"]) for row in self.rows("client")}

    def rows(self, name: str) -> list[Row]:
        """Every row of one kind."""
        if name not in self.read:
            with self.zipped.open(f"records/{name}.csv") as file:
                self.read[name] = list(csv.DictReader(io.TextIOWrapper(file, "utf-8-sig", newline="")))
        return self.read[name]


class Recount:
    """The figures of one period."""

    def __init__(self, kept: Takeout, start: str, end: str, today: str) -> None:
        self.kept, self.start, self.end, self.today, self.person = kept, start, end, today, kept.person
        self.figures: Figures = {}
        self.tables: dict[str, Cells] = {}
        self.who = self._people()
        self._services()
        self._contacts()
        self._outreach()
        self._contracts()
        self._costs()
        self._cases()
        self._money()
        self._referrals()
        self._returns()
        self._courses()
        self._surveys()

    # -- small things

    def inside(self, day: str) -> bool:
        """Whether a day lies in the period."""
        return bool(day) and self.start <= day <= self.end

    def put(self, code: str, value: Any, part: str = "", currency: str = "", places: int = 0) -> None:
        """Keeps a figure as it is printed."""
        self.figures[code, part, currency] = rounded(value, places)

    def share(self, code: str, some: int, whole: int, part: str = "") -> None:
        """Keeps a percentage."""
        self.put(code, Fraction(some * 100, whole) if whole else None, part, places=1)

    def table(self, name: str, cells: Any) -> None:
        """Keeps a table: how often each cell occurs."""
        found: Cells = defaultdict(int)
        for cell in cells:
            found[cell] += 1
        self.tables[name] = dict(found)

    # -- people

    def _people(self) -> dict[str, Row]:
        merged: dict[str, Row] = {}
        for row in self.kept.rows("client"):
            key = self.person[row["uuid"]]
            mine = {name: row[name] for name in ("sex", "kind", "stage", "registered_on")} | {"age": self._age(row)}
            if key in merged:
                other = merged[key]
                first = min(mine["registered_on"], other["registered_on"])
                words = ("sex", "kind", "stage", "age")
                for name in words:
                    other[name] = mine[name] if other[name] in ("not_stated", "not_asked") else other[name]
                other["registered_on"] = first
            else:
                merged[key] = mine
        return merged

    def _age(self, row: Row) -> str:
        if not row["birth_first"] or not row["birth_last"]:
            return "not_stated"
        first, last = (date.fromisoformat(row[name]) for name in ("birth_first", "birth_last"))
        born = first + (last - first) / 2 if row["birth_known_as"] == "age" else first
        return self._band(years(born.isoformat(), self.end))

    @staticmethod
    def _band(age: int) -> str:
        for most, band in ((14, "under_15"), (17, "15-17"), (24, "18-24"), (34, "25-34"), (49, "35-49")):
            if age <= most:
                return band
        return "50+"

    def _services(self) -> None:
        found: dict[str, set[str]] = {}
        for form, sources in SERVICES.items():
            found[form] = {
                self.person[row["client"]]
                for name, day in sources
                for row in self.kept.rows(name)
                if self.inside(row[day])
            }
        joined = defaultdict(set)
        for row in self.kept.rows("complainant"):
            joined[row["grievance"]].add(self.person[row["client"]])
        for row in self.kept.rows("grievanceevent"):
            if self.inside(row["on"]):
                found["F5"] |= joined[row["grievance"]]
        served = set().union(*found.values())
        new = [key for key, row in self.who.items() if self.inside(row["registered_on"])]
        self.put("A1", len(new))
        self.put("A2", len(served))
        for form, theirs in found.items():
            if theirs:
                self.put("A2", len(theirs), form)
        self.share("A5", sum(1 for key in served if self.who[key]["registered_on"] < self.start), len(served))
        stated = [key for key in served if self.who[key]["sex"] != "not_stated"]
        self.share("A6", sum(1 for key in stated if self.who[key]["sex"] == "female"), len(stated))
        for name, keys in (("A1", new), ("A2", sorted(served))):
            self.table(name, ((self.who[key]["sex"], self.who[key]["age"], self.who[key]["kind"]) for key in keys))

    def _contacts(self) -> None:
        rows = [row for row in self.kept.rows("contact") if self.inside(row["on"])]
        self.put("A3", len(rows))
        topics: dict[str, int] = defaultdict(int)
        for row in rows:
            for topic in row["topics"].split():
                topics[topic] += 1
        for topic, number in topics.items():
            self.put("A3", number, topic)
        self.table("A3", ((row["mode"], self.who[self.person[row["client"]]]["sex"]) for row in rows))

    def _outreach(self) -> None:
        rows = [row for row in self.kept.rows("event") if self.inside(row["on"])]
        self.put("A4", sum(int(row["people"]) for row in rows))
        self.put("EV", len(rows))
        items: dict[str, int] = defaultdict(int)
        types: dict[str, int] = defaultdict(int)
        for row in rows:
            types[row["type"]] += 1
            for item, number in json.loads(row["materials"]).items():
                items[item] += number
        for kind, number in types.items():
            self.put("EV", number, kind)
        for item, number in items.items():
            self.put("IE", number, item)
        self.put("AU", sum(int(row["audience"] or 0) for row in rows))
        self.put("AV", sum(1 for row in self.kept.rows("tally") if self.inside(row["on"])))

    # -- contracts and costs

    def _contracts(self) -> None:
        journeys = defaultdict(list)
        for row in self.kept.rows("contractcheck"):
            if row["checked_on"] <= self.end:
                journeys[row["journey"]].append(row)
        checked = passed = red = put_right = 0
        for rows in journeys.values():
            if not any(self.inside(row["verdict_on"]) for row in rows):
                continue
            rows.sort(key=lambda row: (row["checked_on"], row["verdict"] == "pass"))
            marks = [list(filter(None, row["red"].replace("[]", "").split())) for row in rows]
            checked += 1
            passed += not marks[0]
            red += bool(marks[0])
            put_right += bool(marks[0]) and not marks[-1]
        self.put("B1", checked)
        self.share("B2", passed, checked)
        self.share("B3", put_right, red)

    def _costs(self) -> None:
        ways: dict[str, Row] = {}
        for row in sorted(self.kept.rows("journey"), key=lambda row: row["stage_on"]):
            if row["stage"] != "cancelled":
                ways[row["client"]] = row
        paid, earned, owed = (self._noted(name) for name in ("cost", "income", "loan"))
        ratios: dict[str, tuple[Row, Fraction]] = {}
        ledgers, payers = set(), set()
        for client, rows in paid.items():
            income = best(earned.get(client, []))
            total = self._together(rows, income["currency"] if income else "")
            key = self.person[client]
            if any(self.inside(row["noted_on"]) for row in rows):
                ledgers.add(key)
                payers |= {key} if total is None or total > 0 else set()
            earns = bool(income) and int((income or {})["amount_minor"]) > 0
            if income and earns and total is not None and self.inside(income["month"] or income["noted_on"]):
                ratios[key] = ways.get(client, {}), total / amount(income["amount_minor"], income["currency"])
        found = [ratio for _way, ratio in ratios.values()]
        self.put("B4", mean(found), "mean", places=2)
        self.put("B4", quantile(found, 2), "median", places=2)
        self.share("B5", len(payers), len(ledgers))
        self._spreads(ratios)
        high, assessed = set(), set()
        for client, rows in owed.items():
            if any(self.inside(row["noted_on"]) for row in rows):
                assessed.add(self.person[client])
                if self._high(rows, best(earned.get(client, []))):
                    high.add(self.person[client])
        self.share("B6", len(high), len(assessed))

    def _noted(self, name: str) -> dict[str, list[Row]]:
        found = defaultdict(list)
        for row in self.kept.rows(name):
            if row["noted_on"] <= self.end:
                found[row["client"]].append(row)
        return dict(found)

    def _together(self, rows: list[Row], target: str) -> Fraction | None:
        sums: dict[str, int] = defaultdict(int)
        for row in rows:
            sums[row["currency"]] += int(row["amount_minor"]) - int(row["refunded_minor"] or 0)
        target = target or next(iter(sums))
        return self._in(sums, target)

    def _in(self, sums: dict[str, int], target: str) -> Fraction | None:
        total = Fraction(0)
        for currency, minor in sums.items():
            if not minor:
                continue
            rate = Fraction(1) if currency == target else self._rate(currency, target)
            if rate is None:
                return None
            total += amount(minor, currency) * rate
        return total

    def _rate(self, start: str, end: str) -> Fraction | None:
        fitting = [
            row
            for row in self.kept.rows("rate")
            if {row["one"], row["other"]} == {start, end} and row["read_on"] <= self.end
        ]
        if not fitting:
            return None
        last = max(fitting, key=lambda row: row["read_on"])
        number = Fraction(last["number"])
        return number if last["one"] == start else 1 / number

    def _high(self, rows: list[Row], income: Row | None) -> bool:
        for row in rows:
            bound = row["lender"] in ("employer", "recruiter", "agency") or row["collateral"] in ("documents", "labour")
            if bound or row["may_leave"] == "no" or (row["interest"] and Fraction(row["interest"]) > 3):
                return True
        if not income or not int(income["amount_minor"]):
            return False
        sums: dict[str, int] = defaultdict(int)
        for row in rows:
            sums[row["currency"]] += int(row["principal_minor"])
        debt = self._in(sums, income["currency"])
        left = int(income["amount_minor"]) - int(income["living_minor"] or 0) - int(income["remittance_minor"] or 0)
        if debt is None or left <= 0:
            return bool(debt)
        return debt / amount(left, income["currency"]) > 12

    def _spreads(self, ratios: dict[str, tuple[Row, Fraction]]) -> None:
        groups: dict[tuple[str, str], list[Fraction]] = defaultdict(list)
        for key, (way, ratio) in ratios.items():
            groups["", ""].append(ratio)
            groups["sex", self.who[key]["sex"]].append(ratio)
            groups["skill", LEVELS.get(way.get("isco", "")[:1], "not_stated")].append(ratio)
            groups["sector", way.get("sector") or "not_stated"].append(ratio)
            groups["corridor", f"{way['origin']}-{way['destination']}" if way else "not_stated"].append(ratio)
        for (by, member), found in groups.items():
            name = f"spread {by} {member}"
            self.put(name, len(found), "n")
            self.put(name, mean(found), "mean", places=2)
            for part, label in ((1, "lower"), (2, "median"), (3, "upper")):
                self.put(name, quantile(found, part), label, places=2)
            self.put(name, sum(1 for ratio in found if ratio > 1), "over_one")

    # -- cases

    def _cases(self) -> None:
        people: dict[str, list[str]] = defaultdict(list)
        outcomes: dict[str, set[str]] = defaultdict(set)
        for row in self.kept.rows("complainant"):
            key = self.person[row["client"]]
            people[row["grievance"]] += [key] if key not in people[row["grievance"]] else []
            outcomes[row["grievance"]].add(row["outcome"])
        steps = defaultdict(list)
        for row in self.kept.rows("grievanceevent"):
            if row["on"] <= self.end:
                steps[row["grievance"]].append((row["on"], int(row["n"] or 0), row["uuid"], row["state"]))
        remedies = {row["grievance"] for row in self.kept.rows("remedy")}
        self.days: dict[str, int] = {}
        good, backlog, matters, opened = 0, [], [], 0
        for row in self.kept.rows("grievance"):
            uuid = row["uuid"]
            if not people[uuid] or row["lodged_on"] > self.end:
                continue
            if self.inside(row["lodged_on"]):
                opened += 1
                codes = row["categories"].split()
                matter = codes[0] if len(codes) == 1 else "several" if codes else "X"
                matters += [(matter, self.who[key]["sex"]) for key in people[uuid]]
            last = max(steps[uuid]) if steps[uuid] else ("", 0, "", "")
            if last[3] not in END:
                backlog.append((old(between(row["lodged_on"], self.end)),))
            elif self.inside(last[0]):
                self.days[uuid] = between(row["lodged_on"], last[0])
                well = any(step[3] in GOOD for step in steps[uuid]) or outcomes[uuid] & {"settled", "awarded"}
                good += bool(well) or uuid in remedies
        stated = [sex for _matter, sex in matters if sex != "not_stated"]
        self.put("C1", opened)
        self.put("C2", len(matters))
        self.share("C2W", stated.count("female"), len(stated))
        self.share("C3", good, len(self.days))
        self.put("C4", quantile([Fraction(one) for one in self.days.values()], 2), places=1)
        self.put("C7", len(backlog))
        self.table("C2", matters)
        self.table("C7", backlog)
        self._screened()

    def _screened(self) -> None:
        yes = defaultdict(set)
        for row in self.kept.rows("screeninganswer"):
            if row["answer"] == "yes" and row["indicator"] != "c190":
                yes[row["screening"]].add(row["indicator"])
        most: dict[str, int] = {}
        for row in self.kept.rows("screening"):
            if self.inside(row["on"]):
                key = self.person[row["client"]]
                most[key] = max(most.get(key, 0), len(yes[row["uuid"]]))
        self.put("C9", len(most), "screened")
        self.put("C9", sum(1 for number in most.values() if number))
        for number in set(most.values()) - {0}:
            self.put("C9", list(most.values()).count(number), str(number))

    def _money(self) -> None:
        claims = defaultdict(list)
        for row in self.kept.rows("claimentry"):
            if row["on"] <= self.end:
                claims[row["claim"]].append(row)
        sums: dict[tuple[str, str], int] = defaultdict(int)
        cases: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
        for rows in claims.values():
            rows.sort(key=lambda row: row["on"])
            for kind in ("claimed", "offered", "awarded", "paid"):
                mine = [row for row in rows if MONEY[row["form"]] == kind]
                here = [row for row in mine if self.inside(row["on"])]
                for row in here if kind == "paid" else here[-1:]:
                    sums[kind, row["currency"]] += int(row["minor"])
                if kind == "claimed" and mine:
                    cases[mine[-1]["grievance"], mine[-1]["currency"]][0] += int(mine[-1]["minor"])
                for row in mine if kind == "paid" else ():
                    cases[row["grievance"], row["currency"]][1] += int(row["minor"])
        for (kind, currency), minor in sums.items():
            self.put("C5", minor, kind, currency)
        back = defaultdict(list)
        for (case, currency), (claimed, paid) in cases.items():
            if case in self.days and claimed:
                back[currency].append(Fraction(paid * 100, claimed))
        for currency, found in back.items():
            self.put("C6", mean(found), "mean", currency, 1)
            self.put("C6", quantile(found, 2), "median", currency, 1)

    def _referrals(self) -> None:
        made = {row["uuid"]: "made" for row in self.kept.rows("referral") if self.inside(row["made_on"])}
        for row in self.kept.rows("referralevent"):
            if row["referral"] in made and row["on"] <= self.end:
                if row["state"] == "given" and row["told_by"] == "service":
                    made[row["referral"]] = "completed"
                elif row["state"] in ("acknowledged", "accepted", "refused") and made[row["referral"]] == "made":
                    made[row["referral"]] = "acknowledged"
        self.put("C8", len(made))
        self.share("C8", list(made.values()).count("completed"), len(made), "completed")
        self.table("C8", ((state,) for state in made.values()))

    # -- returns, courses, surveys

    def _returns(self) -> None:
        back = {self.person[row["client"]] for row in self.kept.rows("return") if self.inside(row["noted_on"])}
        planned: dict[str, bool] = {}
        for row in self.kept.rows("plan"):
            key = self.person[row["client"]]
            if key in back and row["made_on"] <= self.end:
                quick = bool(row["contact_on"]) and between(row["contact_on"], row["made_on"]) <= 30
                planned[key] = planned.get(key, False) or quick
        self.put("D1", len(back))
        self.put("D1", len(planned), "plan")
        self.share("D1", sum(planned.values()), len(back), "in_time")
        self._scores()
        lines = {row["uuid"]: row["dimension"] or "other" for row in self.kept.rows("planline")}
        turns: dict[str, list[Row]] = defaultdict(list)
        for row in self.kept.rows("supportinstalment"):
            turns[row["line"]].append(row)
        sums: dict[tuple[str, str], int] = defaultdict(int)
        kinds = defaultdict(set)
        for line, rows in turns.items():
            for turn, row in enumerate(sorted(rows, key=lambda row: row["due"]), 1):
                if self.inside(row["paid_on"]):
                    kinds[lines.get(line, "other")].add(self.person[row["client"]])
                    for part in ("paid", f"instalment {turn}"):
                        sums[part, row["currency"]] += int(row["minor"])
        self.put("D3", len(set().union(*kinds.values())))
        for kind, keys in kinds.items():
            self.put("D3", len(keys), kind)
        for (part, currency), minor in sums.items():
            self.put("D3", minor, part, currency)

    def _scores(self) -> None:
        first: dict[str, dict[str, Fraction]] = {}
        waves: dict[str, dict[str, dict[str, Fraction]]] = defaultdict(dict)
        for row in sorted(self.kept.rows("assessment"), key=lambda row: row["on"]):
            if not row["scores"] or row["on"] > self.end:
                continue
            said = {name: Fraction(value) for name, value in json.loads(row["scores"]).items() if value is not None}
            key = self.person[row["client"]]
            if row["wave"] == "baseline":
                first[key] = said
            if self.inside(row["on"]):
                waves[row["wave"]][key] = said
        for wave in ("baseline", "month_6", "month_12"):
            for name in {name for said in waves[wave].values() for name in said}:
                self.put("D2", mean([said[name] for said in waves[wave].values() if name in said]), f"{wave} {name}",
                         places=2)  # fmt: skip
                pairs = [
                    said[name] - first[key][name]
                    for key, said in waves[wave].items()
                    if name in said and name in first.get(key, {})
                ]
                if wave != "baseline" and pairs:
                    self.put("D2", mean(pairs), f"{wave} {name} change", places=2)

    def _courses(self) -> None:
        found, kinds = defaultdict(set), defaultdict(set)
        for row in self.kept.rows("training"):
            key = self.person[row["client"]]
            since, until, certified = (self.inside(row[name]) for name in ("since", "until", "certified_on"))
            if since or until or certified:
                found["trained"].add(key)
                kinds[row["kind"]].add(key)
            if row["state"] == "completed" and (until or certified):
                found["completed"].add(key)
            if certified:
                found["certified"].add(key)
        for part in ("trained", "completed", "certified"):
            self.put("E1", len(found[part]), part)
        for kind, keys in kinds.items():
            self.put("E1", len(keys), kind)

    def _surveys(self) -> None:
        rows = [row for row in self.kept.rows("followup") if self.inside(row["planned_on"])]
        rows = [row for row in rows if row["reached_on"] or row["planned_on"] <= self.today]
        there = [row for row in rows if row["reached_on"]]
        told = [row for row in there if row["went_again"] != "not_asked"]
        self.share("E2", len(there), len(rows), "reached")
        self.share("E2", sum(1 for row in told if row["went_again"] == "yes"), len(told), "went_again")
        gone = [row for row in there if row["went_again"] == "yes"]
        for name in ("regular", "as_contracted"):
            asked = [row for row in gone if row[name] != "not_asked"]
            self.share("E2", sum(1 for row in asked if row[name] == "yes"), len(asked), name)
        for kind, part in (("survey_6", "month_6"), ("survey_12", "month_12")):
            due = [row for row in rows if row["kind"] == kind]
            met = [row for row in due if row["reached_on"]]
            asked = [row for row in met if row["working"] != "not_asked"]
            work = sum(1 for row in asked if row["working"] in ("employed", "own_business"))
            self.share("D4", work, len(asked), part)
            self.share("D4", len(met), len(due), f"{part} reached")


# -- Numbers


def rounded(value: Any, places: int) -> str:
    """As it is printed: half up; empty for none."""
    if value is None:
        return ""
    exact = Fraction(value)
    made = Decimal(exact.numerator) / Decimal(exact.denominator)
    return f"{made.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP):f}"


def amount(minor: Any, currency: str) -> Fraction:
    """Minor units in the unit of the currency."""
    return Fraction(int(minor), 10 ** DECIMALS.get(currency, 2))


def mean(values: list[Fraction]) -> Fraction | None:
    """The mean; None of nothing."""
    return sum(values, Fraction(0)) / len(values) if values else None


def quantile(values: list[Fraction], quarter: int) -> Fraction | None:
    """A quartile, between two ranks where it falls there."""
    if not values:
        return None
    ordered = sorted(values, key=lambda value: (float(value), value))
    place = Fraction(quarter * (len(ordered) - 1), 4)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


def best(rows: list[Row]) -> Row | None:
    """What was really earned before what a contract says."""
    actual = [row for row in rows if row["basis"] == "actual"]
    return (actual or rows or [None])[-1]  # type: ignore[list-item]


def between(first: str, last: str) -> int:
    """Days between two days."""
    return (date.fromisoformat(last) - date.fromisoformat(first)).days


def years(born: str, on: str) -> int:
    """Full years on a day."""
    return int(on[:4]) - int(born[:4]) - (on[5:] < born[5:])


def old(days: int) -> str:
    """The age of an open case."""
    for most, band in ((30, "0-30"), (90, "31-90"), (180, "91-180"), (365, "181-365")):
        if days <= most:
            return band
    return "over_365"


# -- Comparing


def differences(recount: Recount, report: dict[str, Any]) -> list[str]:
    """What is another number in the report, or stands in only one of the two."""
    told: Figures = {(one["code"], one["part"], one["currency"]): one["value"] for one in report["figures"]}
    for one in report["spreads"]:
        for name in ("n", "mean", "lower", "median", "upper", "over_one"):
            told[f"spread {one['by']} {one['member']}", name, ""] = str(one[name])
    mine = {key: value for key, value in recount.figures.items() if value not in ("", "0") or key in told}
    found = [
        f"{' '.join(filter(None, key))}: report {told.get(key)}, recount {mine.get(key)}"
        for key in sorted({*told, *mine})
        if told.get(key) != mine.get(key) and not (key not in mine and told[key] in ("", "0"))
    ]
    for table in report["tables"]:
        if table["name"] in recount.tables:
            cells = {tuple(row[:-1]): row[-1] for row in table["rows"] if "_T" not in row and row[-1]}
            own = recount.tables[table["name"]]
            found += [
                f"table {table['name']} {cell}: report {cells.get(cell)}, recount {own.get(cell)}"
                for cell in sorted({*cells, *own})
                if cells.get(cell, 0) != own.get(cell, 0)
            ]
    return found


def main() -> int:
    """Compares one report with its takeout."""
    report = json.loads(Path(sys.argv[2]).read_text("utf-8"))
    found = differences(Recount(Takeout(Path(sys.argv[1])), report["start"], report["end"], sys.argv[3]), report)
    print("\n".join(found) or "every figure is the same")
    return bool(found)


if __name__ == "__main__":
    raise SystemExit(main())
