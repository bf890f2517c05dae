"""A real centre file for every test of the store."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from mrc_app.store.centre import Store
from tests.make import make_store


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[Store]:
    """An open centre file."""
    made = make_store(tmp_path)
    yield made
    made.close()
