"""Requests and people for the tests of the guides. Everything in here is invented."""

from __future__ import annotations

import shutil
import subprocess
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from mrc_app.guides.making import GuideRequest
from mrc_app.guides.person import PersonFacts
from mrc_app.guides.place import Centre
from mrc_app.guides.values import Service
from mrc_app.money import Money

TODAY = date(2026, 11, 21)
CENTRE = Centre("MIC Bahir Dar", "+251 58 220 0000", date(2026, 10, 1))
HELPER = Service(
    "Migrant help desk",
    "+966 11 555 0100",
    "destination",
    hours="9-17",
    languages="Amharic, Arabic",
    safe_without_papers=True,
    confirmed=date(2026, 9, 1),
    recheck=date(2027, 3, 1),
    roles=frozenset({"ngo"}),
)
OLD = Service(
    "Old hotline",
    "+966 11 555 0199",
    "destination",
    confirmed=date(2025, 9, 1),
    recheck=date(2026, 3, 1),
    roles=frozenset({"hotline"}),
)
UNSEEN = Service("Unseen line", "+966 11 555 0111", "destination", roles=frozenset({"crisis_line"}))


def request(language: str = "en", corridor: str = "ET-SA", **over: Any) -> GuideRequest:
    """A request with valid defaults."""
    return GuideRequest(**{"language": language, "corridor": corridor, "today": TODAY, **over})


def tigist(**over: Any) -> PersonFacts:
    """A woman going to do domestic work in Riyadh."""
    facts: dict[str, Any] = {
        "first_name": "Tigist",
        "minor": "no",
        "woman": True,
        "sector": "domestic",
        "employer": "Household Al-Harbi",
        "town": "Riyadh",
        "job_title": "domestic worker",
        "wage": Money.of(1000, "SAR"),
        "pay_period": "month",
        "hours_day": Decimal(10),
        "days_week": 6,
        "rest_day": "friday",
        "rest_hours": 24,
        "food_room": "both_free",
        "start": date(2026, 12, 10),
        "end": date(2028, 12, 9),
        "return_payer": "employer_after_term",
        "city": "Riyadh",
        "meeting_person": "Mr Salem",
        "paid": (Money.of(44000, "ETB"),),
        "receipts": "some",
        "debt": Money.of(30000, "ETB"),
    }
    return PersonFacts(**{**facts, **over})


def moussa(**over: Any) -> PersonFacts:
    """A man going to fish at Nouadhibou, paid and indebted in francs without decimals."""
    facts: dict[str, Any] = {
        "first_name": "Moussa",
        "minor": "no",
        "woman": False,
        "sector": "fishing",
        "employer": "Pêcheries de la Baie",
        "town": "Nouadhibou",
        "job_title": "marin pêcheur",
        "wage": Money.of(150000, "XOF"),
        "pay_period": "month",
        "pay_day": "30",
        "hours_day": Decimal(10),
        "days_week": 6,
        "rest_day": "friday",
        "rest_hours": 24,
        "food_room": "both_free",
        "start": date(2026, 12, 1),
        "return_payer": "employer",
        "city": "Nouadhibou",
        "paid": (Money.of(45000, "XOF"),),
        "receipts": "no",
        "debt": Money.of(30000, "XOF"),
    }
    return PersonFacts(**{**facts, **over})


def copied(pdf: bytes, folder: Path) -> str:
    """What a reader copies out of the pages. Skips where Poppler is not installed."""
    tool = shutil.which("pdftotext")
    if tool is None:
        pytest.skip("pdftotext (Debian package poppler-utils) is not installed")
    path = folder / "guide.pdf"
    path.write_bytes(pdf)
    run = subprocess.run([tool, "-raw", str(path), "-"], capture_output=True, check=True)
    return " ".join(run.stdout.decode("utf-8").split())
