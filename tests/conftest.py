"""What the whole run shares."""

from __future__ import annotations

import gc
import os
from pathlib import Path

import pytest

os.environ["MRC_WORDS"] = os.devnull  # what was reviewed for this computer is no part of the tests

LONG_RUN = Path(__file__).with_name("long_run.txt")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that repeat a promise in another place belong to ``./test --long``: they stand in ``long_run.txt``."""
    listed = {line for line in LONG_RUN.read_text("utf-8").splitlines() if line and not line.startswith("#")}
    for item in items:
        if item.nodeid in listed or item.nodeid.partition("[")[0] in listed:
            item.add_marker(pytest.mark.long)


def pytest_collection_finish(session: pytest.Session) -> None:
    """Whatever was loaded to find the tests stays; the collector need not look at it again and again."""
    gc.collect()
    gc.freeze()
