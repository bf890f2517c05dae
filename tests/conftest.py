"""What the whole run shares."""

from __future__ import annotations

import gc

import pytest


def pytest_collection_finish(session: pytest.Session) -> None:
    """Whatever was loaded to find the tests stays; the collector need not look at it again and again."""
    gc.collect()
    gc.freeze()
