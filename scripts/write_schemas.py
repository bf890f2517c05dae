"""Writes the table schemas of the ministry export to resources/schemas/mrc-export-1, for whoever receives one."""

from __future__ import annotations

import json

from mrc_app.exchange.ministry_export_package import published
from mrc_app.exchange.ministry_export_profile import FLOWS
from mrc_app.places import RESOURCES

if __name__ == "__main__":
    folder = RESOURCES / "schemas" / "mrc-export-1"
    folder.mkdir(parents=True, exist_ok=True)
    for name, schema in published(FLOWS).items():
        (folder / name).write_text(json.dumps(schema, indent=1) + "\n", "utf-8")
