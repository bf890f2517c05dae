"""A real centre file for every test of the store."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from mrc_app.store.centre import Store
from tests.make import make_store
from tests.store.nursery import Nursery, Start


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[Store]:
    """An open centre file."""
    made = make_store(tmp_path)
    yield made
    made.close()


@pytest.fixture(scope="session")
def start(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Start]:
    """Starts a writer in a process of its own on a desk's file."""
    if os.name != "posix":
        pytest.skip("writers are forked")
    nursery = Nursery(tmp_path_factory.mktemp("writers"))
    yield nursery.start
    nursery.close()
