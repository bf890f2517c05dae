"""What workers said of recruiters, for Recruitment Advisor: a table and the same as JSON, without any person.

Only recruiters of whom five people or more let their answers leave; no comment, no day, no client.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from mrc_app.casework.recruiter_reviews import ENOUGH, Summary, form
from mrc_app.casework.recruiter_words import Question
from mrc_app.casework.recruiters import Recruiter

FORMAT = "mrc-recruiter-reviews 1"
Told = Iterable[tuple[Recruiter, Summary]]


def rows(told: Told) -> list[dict[str, Any]]:
    """One row for each recruiter: who it is, how many people, and for each question the mean and how many numbers."""
    found = []
    for recruiter, summary in told:
        row: dict[str, Any] = {
            "recruiter": recruiter.name, "kind": recruiter.kind.value, "country": recruiter.country,
            "licence_number": recruiter.licence_number, "people": summary.people,
        }  # fmt: skip
        for question in Question:
            mean = summary.questions[question]
            row |= {f"{question.value}_mean": None if mean.mean is None else str(mean.mean)}
            row |= {f"{question.value}_answers": mean.answers if mean.mean is not None else None}
        found.append(row)
    return found


def as_json(told: Told, today: date) -> bytes:
    """The open file with its questions; below five an answer is null."""
    version, asked = form()
    whole = {
        "format": FORMAT, "made_on": today.isoformat(), "form": version, "shown_from": ENOUGH,
        "scale": "1 to 5, 5 best",
        "questions": [{"id": one.id.value, "theme": one.theme, "ask": one.ask} for one in asked],
        "recruiters": rows(told),
    }  # fmt: skip
    return (json.dumps(whole, ensure_ascii=False, indent=2) + "\n").encode()


def as_csv(told: Told) -> bytes:
    """The table: UTF-8 with a byte order mark, empty below five; no cell begins a formula."""
    names = ["recruiter", "kind", "country", "licence_number", "people"]
    names += [f"{question.value}_{part}" for question in Question for part in ("mean", "answers")]
    out = io.StringIO()
    table = csv.DictWriter(out, names)
    table.writeheader()
    for row in rows(told):
        table.writerow({name: _cell(value) for name, value in row.items()})
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _cell(value: Any) -> Any:
    from mrc_app.exchange.takeout import FORMULA

    return "'" + value if isinstance(value, str) and FORMULA.match(value) else value
