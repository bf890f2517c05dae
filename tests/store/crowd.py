"""A crowd: as many invented clients as a test asks for, in many scripts, with some whom nobody shares a name with."""

from __future__ import annotations

import random
from datetime import date
from itertools import islice

from mrc_app import demo
from mrc_app.casework import client_fields
from mrc_app.store import bulk
from mrc_app.store.centre import Store

TODAY = date(2026, 11, 20)
RARE = {
    "Ethiopic": "ዘርዓያዕቆብ ቀለመወርቅ",
    "Arabic": "قُطْبُ الدِّين غضنفر",
    "Devanagari": "हृषीकेश ढुङ्गाना",
    "Khmer": "ឥន្ទ្រទេវី ឈូងផល្លា",
    "Thai": "ฐิติพงศ์ ฌานวังศะ",
    "Bengali": "ঋতুপর্ণা ঝিলমিল",
    "Chinese": "歐陽靖 上官婉兒",
    "Latin with marks": "Đặng Þórður Żółkiewski",
    "Latin": "Xanthippe Kwizera",
    "two letters": "Wu Xo",
}
"""Names of one client each."""


def fill(desk: Store, count: int, seed: int = 3) -> dict[str, str]:
    """Registers so many clients and the rare ones among them; returns uuid → what each can be found by."""
    dice = random.Random(seed)
    people = demo.synthetic(random.Random(seed), count - len(RARE))
    rare = iter(RARE.values())
    found: dict[str, str] = {}
    with bulk.adding(desk, by=desk.officer, do="test.crowd") as adding:
        while some := list(islice(people, 5000)):
            with adding.batch() as batch:
                for person in some:
                    phone = {"phone": f"09{dice.randrange(10**8):08d}"} if dice.random() < 0.7 else {}
                    found |= [_one(batch, desk, {**person.client, **phone})]
                for name in rare:
                    found |= [_one(batch, desk, {"call_name": name, "given": name, "native": name})]
    return found


def _one(batch: bulk.Batch, desk: Store, typed: dict[str, object]) -> tuple[str, str]:
    columns = client_fields.checked({k: v for k, v in typed.items() if k != "birth"}, on=TODAY, home="ET")
    number = batch.number(desk.desk_code, TODAY.year)
    uuid = batch.add("client", number=number, registered_on=TODAY, registered_by=desk.officer, **columns)
    words = ("call_name", "given", "father", "native", "phone", "district")
    return uuid, " ".join([number, *filter(None, (str(columns.get(name) or "") for name in words))])
