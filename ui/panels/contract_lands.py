"""Two corridors side by side."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from mrc_app.casework.journeys import Journey
from ui.desk import Desk


def ask(desk: Desk, way: Journey, parent: QWidget) -> Any:
    """Nothing yet."""
