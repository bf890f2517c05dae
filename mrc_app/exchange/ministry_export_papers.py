"""What people read of an export: README.txt, the workbook in the ministry's language, and the slip of paper that goes
with the stick, with count and checksum."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from mrc_app.exchange.ministry_export_profile import FLOWS, INDICATOR_NAMES, LABELS, TOTAL, UNKNOWN
from mrc_app.exchange.ministry_export_tables import Head, Row
from mrc_app.exchange.ministry_export_words import PROFILE, Tier, Withheld
from mrc_app.figures.writing import PINNED
from mrc_app.i18n import N_, Catalog, isolate, ltr

if TYPE_CHECKING:
    from mrc_app.typesetting.blocks import Table

TITLE = N_("Export for the ministry")
CONFIDENTIAL = N_("Confidential. These are full counts: small numbers can give a person away. Do not publish them.")
PERSONAL = N_("These rows are personal data under tokens, not anonymous data. Keep them sealed; pass them to nobody.")
SECRET = N_("Linkage keys only. Keep them apart from every other file; only the linkage unit holds the key.")
OPEN_WITH = N_("Read report.xlsx with any spreadsheet program; datapackage.json describes the tables (CSV, UTF-8).")
CHECK = N_("Check the files: sha256sum -c SHA256SUMS")
INTO_DHIS2 = N_("For DHIS2: dhis2/adx.xml, after the codes of this profile were created there once (idScheme CODE).")
REPLACES = N_("A file with a higher number replaces every earlier one of the same centre, period and tier.")
SAMPLE = N_("Administrative data of this centre's clients; not the national estimate of SDG 10.7.1.")
ASK = N_("Questions: ask the centre; its name and number stand on the paper that came with this file.")
NOTICE = {Tier.MIN: CONFIDENTIAL, Tier.CASE: PERSONAL, Tier.LINK: SECRET}
CENTRE, PERIOD, TIER, LEFT_OUT = N_("Centre"), N_("Period"), N_("Tier"), N_("Left out")
FILE, FOR, KEY, ROWS, CHECKSUM = N_("File"), N_("Sealed for"), N_("Key"), N_("Rows"), N_("Checksum (SHA-256)")
SIGNED, GIVEN, TAKEN, TABLE = N_("Signed by"), N_("Handed over by"), N_("Received by"), N_("Table")
VALUE, CODES, ALL = N_("Value"), N_("Codes"), N_("All")


@dataclass(frozen=True)
class Words:
    """Words of one language; what has none stands in English."""

    catalog: Catalog

    @classmethod
    def load(cls, language: str) -> Words:
        """The words of a language. Raises Invalid for one the desk does not know."""
        return cls(Catalog.load(language, "mrc_app"))

    def say(self, message: str) -> str:
        """A message."""
        return self.catalog.find(message) or message


def notes(tier: Tier) -> list[str]:
    """The lines every copy carries."""
    own = [OPEN_WITH, CHECK, REPLACES]
    return [NOTICE[tier], *own, *([INTO_DHIS2, SAMPLE] if tier is Tier.MIN else []), ASK]


def readme(tier: Tier, head: Head, languages: Sequence[str]) -> bytes:
    """README.txt in the ministry's languages, one after another."""
    parts = []
    for language in languages:
        words = Words.load(language)
        lines = [
            f"{words.say(TITLE)} ({PROFILE})", f"{words.say(CENTRE)}: {head.centre}",
            f"{words.say(PERIOD)}: {head.time} ({head.span.start} / {head.span.end}; {head.local})",
            f"{words.say(TIER)}: {tier.value}, {words.say(tier.label)}", "", *map(words.say, notes(tier)),
        ]  # fmt: skip
        parts.append("\n".join(lines))
    return ("\n\n----\n\n".join(parts) + "\n").encode("utf-8")


# -- The workbook


def workbook(
    tier: Tier, head: Head, language: str, observed: dict[str, list[Row]], lists: dict[str, list[Row]],
    tables: dict[str, tuple[list[str], list[Row]]],
) -> bytes:  # fmt: skip
    """report.xlsx: about, a sheet for each table with labels, the codes. Text stays text, whatever it begins with."""
    import xlsxwriter

    words, out = Words.load(language), io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(out, options)
    book.set_properties({"created": PINNED, "title": words.say(TITLE)})
    sheets = _Sheets(book, words, lists, language)
    sheets.about(tier, head)
    for name, rows in observed.items():
        sheets.flow(name, rows)
    for name, (columns, rows) in tables.items():
        sheets.plain(name, columns, rows)
    sheets.codes()
    book.close()
    return out.getvalue()


class _Sheets:
    """The sheets of one workbook."""

    def __init__(self, book: Any, words: Words, lists: dict[str, list[Row]], language: str) -> None:
        self.book, self.words, self.lists = book, words, lists
        self.bold = book.add_format({"bold": True})
        self.labels = {name: {row["code"]: row[f"label_{language}"] for row in rows} for name, rows in lists.items()}

    def _new(self, name: str, head: Sequence[str]) -> Any:
        sheet = self.book.add_worksheet(name[:31])
        if self.words.catalog.language.right_to_left:
            sheet.right_to_left()
        for place, text in enumerate(head):
            sheet.write_string(0, place, text, self.bold)
            sheet.set_column(place, place, min(max(len(text) + 2, 14), 40))
        sheet.freeze_panes(1, 0)
        return sheet

    def about(self, tier: Tier, head: Head) -> None:
        """Whose numbers, of which days, and what may be done with them."""
        sheet = self._new("About", [self.words.say(TITLE)])
        sheet.set_column(0, 0, 100)
        said = [
            f"{self.words.say(CENTRE)}: {head.centre}",
            f"{self.words.say(PERIOD)}: {head.time} ({head.span.start} / {head.span.end}; {head.local})",
            f"{self.words.say(TIER)}: {tier.value}, {self.words.say(tier.label)}", *map(self.words.say, notes(tier)),
        ]  # fmt: skip
        for number, line in enumerate(said, 1):
            sheet.write_string(number, 0, line)

    def label(self, dimension: str, code: str) -> str:
        """What a code means."""
        if code == TOTAL:
            return self.words.say(ALL)
        if code == UNKNOWN:
            return self.words.say(N_("not stated"))
        return self.labels.get(dimension, {}).get(code, code)

    def flow(self, name: str, rows: list[Row]) -> None:
        """A dataflow with labels in place of codes; what nobody is in was never a row."""
        flow = FLOWS[name]
        head = [LABELS["INDICATOR"], *(LABELS[dim] for dim in flow.dims), VALUE, N_("Unit")]
        sheet = self._new(name.removeprefix("DF_"), [self.words.say(one) for one in head])
        for number, row in enumerate(rows, 1):
            sheet.write_string(number, 0, self.words.say(INDICATOR_NAMES[row["INDICATOR"]]))
            for place, dim in enumerate(flow.dims, 1):
                sheet.write_string(number, place, self.label(dim, row[dim]))
            sheet.write_number(number, len(flow.dims) + 1, float(row["OBS_VALUE"]))
            sheet.write_string(number, len(flow.dims) + 2, row["UNIT_MEASURE"])

    def plain(self, name: str, columns: Sequence[str], rows: list[Row]) -> None:
        """Rows as they are: codes."""
        sheet = self._new(f"rows {name}", columns)
        for number, row in enumerate(rows, 1):
            for place, column in enumerate(columns):
                sheet.write_string(number, place, row.get(column, ""))

    def codes(self) -> None:
        """Every code with its label."""
        sheet = self._new("Codes", ["", self.words.say(CODES), ""])
        number = 1
        for name, labels in self.labels.items():
            for code, label in labels.items():
                for place, text in enumerate((name, code, label)):
                    sheet.write_string(number, place, text)
                number += 1


# -- The slip


@dataclass(frozen=True)
class Slip:
    """What stands on the paper beside the file."""

    file: str
    sha256: str
    rows: dict[str, int]
    withheld: dict[str, int]
    centre_name: str
    to: str
    key: str
    signed_by: str


def slip(one: Slip, tier: Tier, head: Head, language: str) -> bytes:
    """One page: for whom, which days, how many rows, and the checksum in groups to be read out."""
    from mrc_app.typesetting import blocks as b
    from mrc_app.typesetting.compose import compose

    words = Words.load(language)
    groups = " ".join(one.sha256[at : at + 8] for at in range(0, 64, 8))
    left = [f"{words.say(Withheld(why).label)}: {n}" for why, n in one.withheld.items() if n]
    facts = [
        (FILE, ltr(one.file)), (CENTRE, f"{isolate(one.centre_name)} ({ltr(head.centre)})"),
        (PERIOD, f"{ltr(head.local)} ({ltr(head.span.start)} – {ltr(head.span.end)})"),
        (TIER, f"{tier.value}, {words.say(tier.label)}"), (FOR, isolate(one.to)), (KEY, ltr(one.key)),
        (ROWS, str(sum(one.rows.values()))), (CHECKSUM, ltr(groups)), (SIGNED, ltr(one.signed_by)),
        (LEFT_OUT, "; ".join(left)),
    ]  # fmt: skip
    made: list[b.Block] = [b.Heading(words.say(TITLE))]
    made.append(b.Table([[words.say(label), value] for label, value in facts if value], header=False))
    made += [b.Note(words.say(NOTICE[tier])), _counts(one.rows, words)]
    made += [b.WriteIn(words.say(GIVEN)), b.WriteIn(words.say(TAKEN))]
    return compose(made, language=language, title=words.say(TITLE), paper="a4-full").pdf


def _counts(rows: dict[str, int], words: Words) -> Table:
    """The rows of each table, two tables a line."""
    from mrc_app.typesetting import blocks as b

    cells = [[ltr(name), str(count)] for name, count in rows.items()]
    half = (len(cells) + 1) // 2
    pairs = zip_longest(cells[:half], cells[half:], fillvalue=["", ""])
    head = [words.say(TABLE), words.say(ROWS)] * 2
    return b.Table([head, *([*left, *right] for left, right in pairs)], widths=[3, 1, 3, 1])
