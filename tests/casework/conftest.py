"""A real centre file for every test, and one unit of work open on it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import Session

from mrc_app.store.centre import Store
from tests.make import make_store


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[Store]:
    """An open centre file."""
    made = make_store(tmp_path)
    yield made
    made.close()


@pytest.fixture
def session(centre: Store) -> Iterator[Session]:
    """A unit of work, committed with its journal when the test ends well."""
    with centre.change(by=centre.officer, do="test") as opened:
        yield opened
