"""A select is given the criteria of the tables it names, and comes out word for word as with all of them."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import exists, literal_column, text, union_all
from sqlalchemy.orm import aliased
from sqlmodel import col, func, select

from mrc_app.casework.agenda import Task
from mrc_app.casework.clients import Client
from mrc_app.casework.consents import Consent
from mrc_app.casework.duplicates import Link
from mrc_app.store import touching, visibility
from mrc_app.store.kinds import kinds
from mrc_app.store.officers import Officer

OTHER = aliased(Client)
HERS = select(Consent.client).where(Consent.scope == "").subquery()
SELECTS: dict[str, Any] = {
    "a record": select(Client).where(Client.uuid == "1"),
    "a column": select(Client.number),
    "another name": select(OTHER).where(OTHER.uuid == "1"),
    "a column of another name": select(OTHER.uuid),
    "a join": select(Client.number, Consent.purpose).join(Consent, col(Consent.client) == col(Client.uuid)),
    "two tables": select(Client, Task).where(Task.client == Client.uuid),
    "a count": select(func.count()).select_from(Client),
    "a function of a column": select(func.max(Client.registered_on)),
    "a condition on another table": select(Officer).where(exists().where(Client.registered_by == Officer.uuid)),
    "a select in a condition": select(Task).where(col(Task.client).in_(select(Client.uuid))),
    "a select to select from": select(HERS.c.client),
    "a select of one value": select(Officer.uuid, select(func.count(Client.uuid)).scalar_subquery()),
    "two selects in one": select(union_all(select(Client.uuid), select(Link.uuid)).subquery()),
    "a named select": select(select(Client.uuid).cte("hers")),
    "plain text inside": select(Officer.uuid).where(text("EXISTS (SELECT 1 FROM client)")),
    "a literal inside": select(literal_column("1")).select_from(Link),
}


@pytest.mark.parametrize("what", list(SELECTS))
def test_a_select_comes_out_as_with_every_criterion(what: str) -> None:
    statement, every = SELECTS[what], visibility.criteria(kinds().values(), "0" * 31 + "1")
    few = touching.needed(statement, every)
    assert str(statement.options(*few)) == str(statement.options(*every))
    assert "plain" in what or "literal" in what or len(few) < 4


def test_of_a_record_about_nobody_no_criterion_is_needed() -> None:
    assert touching.needed(select(Officer), visibility.criteria(kinds().values(), "0" * 31 + "1")) == []
