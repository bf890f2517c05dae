"""What stands in an export before it is numbered: its tables by tier, who was withheld, and the archive they make."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from mrc_app.calendars.periods import Period
from mrc_app.casework.centres import the_centre
from mrc_app.corridors.countries import UNKNOWN, alpha3
from mrc_app.errors import Invalid, Problem
from mrc_app.exchange import ministry_export_agreements as agreements
from mrc_app.exchange import ministry_export_cases as cases
from mrc_app.exchange import ministry_export_dhis2 as dhis2
from mrc_app.exchange import ministry_export_flows as flows
from mrc_app.exchange import ministry_export_linkage as linkage
from mrc_app.exchange import ministry_export_package as package
from mrc_app.exchange import ministry_export_papers as papers
from mrc_app.exchange import ministry_export_periods as periods
from mrc_app.exchange import ministry_export_tables as tables
from mrc_app.exchange import ministry_export_tokens as tokens
from mrc_app.exchange.ministry_export_agreements import MinistryAgreement
from mrc_app.exchange.ministry_export_profile import CASE_TABLES, FLOWS, LINKAGE, Rows
from mrc_app.exchange.ministry_export_words import (
    APP_VERSION,
    CODES_VERSION,
    CONSENT,
    PROFILE,
    VERSION,
    Column,
    Tier,
    Withheld,
)  # fmt: skip
from mrc_app.figures.tiers import Withheld as FiguresWithheld
from mrc_app.store.identity import LETTERS

if TYPE_CHECKING:
    from mrc_app.exchange.ministry_export_tables import Row
    from mrc_app.store.centre import Store


SOME_DAY = date.min.isoformat().encode()
DATED = ("sdmx/structure_2_1.xml", "dhis2/adx.xml")
"""Files that name the day they were made; it is put in when there is a number."""


@dataclass(frozen=True)
class Wanted:
    """What was asked for, checked: period, tier, languages of the ministry, the agreement that stands, for whom."""

    span: Period
    tier: Tier
    languages: tuple[str, ...]
    today: date
    agreement: MinistryAgreement | None
    recipients: tuple[str, ...]
    switched: frozenset[Column] = frozenset()

    @property
    def columns(self) -> frozenset[str]:
        """The columns switched on, by name."""
        return frozenset(one.value for one in self.switched)

    @property
    def shown(self) -> frozenset[str]:
        """The sensitive words they cover."""
        return agreements.shown(self.switched)


@dataclass(frozen=True)
class Stamp:
    """The number of an archive, what it replaces, and the day it was made."""

    seq: int
    replaces: str
    made_on: date


@dataclass
class Content:
    """Everything but the number. ``left``: for every client whose row it holds, which tables."""

    wanted: Wanted
    head: tables.Head
    role: str
    observed: dict[str, list[Row]]
    tables: dict[str, tuple[Rows, list[Row]]]
    withheld: dict[str, int]
    left: dict[str, list[str]] = field(default_factory=dict)

    @property
    def rows(self) -> dict[str, int]:
        """How many rows each table holds, by resource name; code lists are not counted."""
        found = {name.lower().replace("_", "-"): len(rows) for name, rows in self.observed.items()}
        return found | {name.replace("_", "-"): len(rows) for name, (_table, rows) in self.tables.items()}

    def archive(self, stamp: Stamp) -> bytes:
        """The archive as it is sealed."""
        resources, files = self._unstamped
        day = stamp.made_on.isoformat().encode()
        whole = {name: content.replace(SOME_DAY, day) if name in DATED else content for name, content in files.items()}
        whole[package.MANIFEST] = package.manifest(resources, self._told(stamp))
        return package.archive(whole)

    @cached_property
    def _unstamped(self) -> tuple[list[package.Resource], dict[str, bytes]]:
        """The tables, and every file that does not depend on the number."""
        wanted, languages = self.wanted, _with_english(self.wanted.languages)
        lists = {name: (columns, rows) for name, columns, rows in tables.code_lists(languages, wanted.shown)}
        labels = {name: rows for name, (_columns, rows) in lists.items()}
        resources = [*self._resources(), *_code_resources(lists)]
        files = {one.path: one.content for one in resources}
        files["README.txt"] = papers.readme(wanted.tier, self.head, wanted.languages)
        plain = {
            name: ([one.name for one in package.fields_of(table, wanted.columns)], rows)
            for name, (table, rows) in self.tables.items()
            if wanted.tier is Tier.CASE
        }
        files["report.xlsx"] = papers.workbook(
            wanted.tier, self.head, wanted.languages[0], self.observed, labels, plain
        )
        return resources, files | (self._for_machines(labels) if self.observed else {})

    def _resources(self) -> list[package.Resource]:
        found = []
        for name, rows in self.observed.items():
            flow = FLOWS[name]
            content = tables.as_csv(tables.columns(flow), rows)
            found.append(package.Resource(flow.path, content, len(rows), package.flow_schema(flow, self.wanted.shown)))
        for table, rows in self.tables.values():
            names = [one.name for one in package.fields_of(table, self.wanted.columns)]
            schema = package.rows_schema(table, self.wanted.columns, self.wanted.shown)
            found.append(package.Resource(table.path, tables.as_csv(names, rows), len(rows), schema))
        return found

    def _for_machines(self, labels: dict[str, list[Row]]) -> dict[str, bytes]:
        from mrc_app.exchange.ministry_export_sdmx import structure_file

        found = {
            "sdmx/structure_2_1.xml": structure_file(list(self.observed), labels, date.min),
            "dhis2/adx.xml": dhis2.adx(self.observed, self.head, date.min),
        }
        values = dhis2.data_value_sets(self.observed, self.head)
        return found if values is None else found | {"dhis2/dataValueSets.json": values}

    def _told(self, stamp: Stamp) -> dict[str, Any]:
        head, wanted = self.head, self.wanted
        return {
            "name": f"mrc-export-{head.centre.lower()}-{wanted.span.file_code.lower()}-{wanted.tier.value.lower()}",
            "version": VERSION, "created": f"{stamp.made_on.isoformat()}T00:00:00Z", "mrc:profile": PROFILE,
            "mrc:tier": wanted.tier.value, "mrc:centre": head.centre, "mrc:country": head.country,
            "mrc:period": {
                "code": wanted.span.code, "time_period": head.time, "start": wanted.span.start.isoformat(),
                "end": wanted.span.end.isoformat(), "freq": head.freq,
            },
            "mrc:local_period": head.local, "mrc:sequence": stamp.seq, "mrc:replaces": stamp.replaces,
            "mrc:app_version": APP_VERSION, "mrc:codes_version": CODES_VERSION, "mrc:to": list(wanted.recipients),
            "mrc:columns": sorted(wanted.columns), "mrc:withheld": self.withheld, "mrc:generated_by_role": self.role,
            "mrc:legal_basis": {
                "consent": CONSENT[wanted.tier].purpose.code,
                "agreement": wanted.agreement.reference if wanted.agreement else "",
            },
        }  # fmt: skip


def _with_english(languages: tuple[str, ...]) -> tuple[str, ...]:
    return languages if "en" in languages else (*languages, "en")


def _code_resources(lists: dict[str, tuple[list[str], list[Row]]]) -> list[package.Resource]:
    return [
        package.Resource(f"codes/CL_{name}.csv", tables.as_csv(columns, rows), len(rows), package.codes_schema(columns))
        for name, (columns, rows) in lists.items()
    ]


# -- Filling


def content(store: Store, wanted: Wanted) -> Content:
    """Counts and fills the tables of a tier."""
    found = Content(wanted, head_of(store, wanted), store.role.value, {}, {}, {})
    rule = flows.NAMED if wanted.tier is Tier.LINK else flows.COUNTED
    with flows.asking(store, wanted.span, wanted.today, rule, wanted.shown) as asked:
        if wanted.tier is not Tier.LINK:
            found.observed = tables.all_observations(flows.flows(asked), found.head)
            found.withheld = {Withheld(why.value).value: len(keys) for why, keys in asked.counting.withheld.items()}
        if wanted.tier is Tier.CASE:
            _fill_cases(store, asked, found)
        if wanted.tier is Tier.LINK:
            _fill_linkage(store, asked, found)
    return found


def _tokens(store: Store, recipient: str, kind: str, wanted: list[tuple[str, str]]) -> dict[str, str]:
    with store.change(by=store.officer, do="ministry_exports.token") as session:
        return tokens.tokens(session, recipient, kind, wanted)


def _fill_cases(store: Store, asked: flows.Asked, found: Content) -> None:
    recipient, who = found.wanted.recipients[0], cases.people(asked)
    who.case_tokens = _tokens(store, recipient, tokens.CASE, [(key, key) for key in who.keys])
    who.grievance_tokens = _tokens(store, recipient, tokens.GRIEVANCE, [(one.key, one.uuid) for one in who.places])
    rows = cases.tables(asked, who, found.head, recipient, the_centre(asked.session).uuid)
    found.tables = {table.id: (table, rows[table.id]) for table in CASE_TABLES if rows[table.id]}
    found.left = {key: ["ministry-case"] for key in who.keys}


def _fill_linkage(store: Store, asked: flows.Asked, found: Content) -> None:
    """Keys under the ministry's secret of the year. Raises Invalid(to=) where it gave none."""
    recipient, year = found.wanted.recipients[0], found.wanted.today.year
    secret = agreements.linkage_key(asked.session, recipient, year)
    if secret is None:
        raise Invalid(to=Problem(agreements.NEEDS_KEY, {"year": year}))
    keys, refused = linkage.agreed(asked)
    ids = _tokens(store, recipient, tokens.LINK, [(key, key) for key in keys])
    found.tables = {LINKAGE.id: (LINKAGE, linkage.rows(asked, keys, ids, bytes.fromhex(secret.key), year))}
    shut = asked.counting.withheld[FiguresWithheld.RESTRICTED]
    found.withheld = {Withheld.NO_NAMED_CONSENT.value: len(refused), Withheld.RESTRICTED.value: len(shut)}
    found.left = {key: ["ministry-link"] for key in keys}


def head_of(store: Store, wanted: Wanted) -> tables.Head:
    """What stands in every row."""
    with store.read() as session:
        facts = the_centre(session)
    agreed = wanted.agreement.centre_code if wanted.agreement else ""
    code = agreed or centre_code(facts.country, facts.uuid)
    return tables.Head(
        code, facts.country, periods.frequency(wanted.span), periods.time_period(wanted.span),
        periods.local(wanted.span, facts.country), wanted.span,
    )  # fmt: skip


def centre_code(country: str, uuid: str) -> str:
    """A code for a centre no ministry gave one: country and five letters from its identity, the same on every desk."""
    number, letters = int(sha256(uuid.encode()).hexdigest()[:12], 16), ""
    while len(letters) < 5:
        number, place = divmod(number, len(LETTERS))
        letters += LETTERS[place]
    return f"{alpha3().get(country, UNKNOWN)}-{letters}"
