"""The command line: one sentence and exit code 1 when something is refused, 2 for wrong usage, never a traceback."""

from __future__ import annotations

import os
import sys
from functools import lru_cache
from typing import Any

import typer

from mrc_app import commands
from mrc_app.errors import MrcError

app = typer.Typer(
    name="mrc",
    help="The caseworker's desk for migrant workers. Without arguments it opens the window.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
commands.add_to(app)


@lru_cache(maxsize=1)
def _every_command() -> Any:
    """The commands as they are called; reading fifty signatures takes a while, so it is done once."""
    return typer.main.get_command(app)


def run(arguments: list[str]) -> int:
    """Runs one command and returns its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")
    try:
        answer: Any = _every_command()(args=arguments, standalone_mode=True)
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else 1 if stop.code else 0
    except MrcError as refused:
        return _refuse(refused.text())
    except KeyboardInterrupt:
        return _refuse("Stopped.")
    except BrokenPipeError:
        return 0
    except OSError as trouble:
        where = f": {trouble.filename}" if trouble.filename else ""
        return _refuse(f"{trouble.strerror or trouble}{where}.")
    except Exception as trouble:
        if os.environ.get("MRC_DEBUG"):
            raise
        return _refuse(f"The program met something it did not expect ({type(trouble).__name__}). Nothing was kept.")
    return answer if isinstance(answer, int) else 0


def _refuse(sentence: str) -> int:
    sys.stderr.write(" ".join(sentence.split()) + "\n")
    return 1
