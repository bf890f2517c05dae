"""The door: ``mrc`` opens the window; with a command it works without a screen and never loads Qt."""

from __future__ import annotations

import sys


def main() -> int:
    """Opens the window (no arguments, or a centre file), else runs the command. Returns the exit code."""
    arguments = sys.argv[1:]
    if not arguments or (len(arguments) == 1 and arguments[0].endswith(".mrc")):
        from ui.app import main as window

        return window(arguments)
    from mrc_app.cli import run

    return run(arguments)


if __name__ == "__main__":
    raise SystemExit(main())
