"""What this computer remembers between two days: language, look, the last centre file. Nothing about a person."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, fields
from pathlib import Path

SCREEN_LANGUAGES = ("en", "fr", "ar", "am")
"""Languages the screen speaks wholly."""
THEMES = ("system", "light", "dark")
TEXT_SIZES = (100, 115, 130, 150)
LOCK_MINUTES = (2, 5, 10, 15)
"""After so many minutes without key or mouse the desk may lock itself."""


@dataclass
class Settings:
    """The settings of this computer. ``text_size`` is in percent; ``centre`` is the path of the last centre
    file, ``backups`` the folder chosen for copies (empty: beside the centre file)."""

    language: str = ""
    theme: str = "system"
    text_size: int = 100
    centre: str = ""
    printer: bool = True
    calendar: str = ""
    backups: str = ""
    lock_minutes: int = 5
    hide_asks: bool = False

    def keep(self) -> None:
        """Writes the settings beside the old ones and swaps, so that a power cut leaves one of the two."""
        path = settings_path()
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(".part")
        part.write_text(json.dumps(asdict(self), ensure_ascii=False, indent=1), "utf-8")
        part.replace(path)


def settings_path() -> Path:
    """The settings file of this person on this computer (``MRC_SETTINGS`` names another folder)."""
    return _folder("user_config_dir") / "settings.json"


def notes_path() -> Path:
    """Where a note is left when the program stops by mistake."""
    return _folder("user_log_dir") / "stopped.txt"


def documents_path() -> Path:
    """Where a new centre file is offered to be kept."""
    import platformdirs

    return Path(platformdirs.user_documents_dir())


def _folder(kind: str) -> Path:
    given = os.environ.get("MRC_SETTINGS")
    if given:
        return Path(given)
    import platformdirs

    return Path(getattr(platformdirs, kind)("mrc-desk", appauthor=False))


def load_settings() -> Settings:
    """The settings as kept; the defaults where the file is missing, damaged, or holds what no setting can be."""
    settings = Settings()
    try:
        kept = json.loads(settings_path().read_text("utf-8"))
    except (OSError, ValueError):
        return settings
    for known in fields(Settings):
        value = kept.get(known.name) if isinstance(kept, dict) else None
        if type(value) is type(getattr(settings, known.name)):
            setattr(settings, known.name, value)
    if settings.theme not in THEMES:
        settings.theme = "system"
    if settings.lock_minutes not in LOCK_MINUTES:
        settings.lock_minutes = 5
    settings.text_size = min(max(settings.text_size, 100), 150)
    return settings
