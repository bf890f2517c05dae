"""The architecture as a test: who imports whom, how long a file is, what the way to the unlock screen loads."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FLOORS = [
    "ui",
    "cli",
    "commands",
    "demo",
    "ministry",
    "exchange",
    "figures",
    "guides",
    "casework",
    "corridors",
    "store",
    "typesetting",
    "calendars",
    "money",
    "i18n",
    "wording",
    "places",
    "errors",
]
CASEWORK = [
    "fields",
    "occupations",
    "consents",
    "clients",
    "centres",
    "households",
    "duplicates",
    "journeys",
    "recruiters",
    "job_orders",
    "counselling",
    "queues",
    "attachments",
    "erasures",
    "requests",
    "events",
    "contracts",
    "costs",
    "providers",
    "referrals",
    "unions",
    "grievances",
    "deadlines",
    "claims",
    "letters_given",
    "instruments",
    "returns",
    "covers",
    "assessments",
    "skills",
    "reintegration",
    "follow_ups",
    "agenda",
    "caseload",
    "imports",
    "paper_forms",
    "timeline",
    "dossier",
]
SAYS_NOTHING = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "managers", "base"}
FILES = sorted([*(ROOT / "mrc_app").rglob("*.py"), *(ROOT / "ui").rglob("*.py")])
NAMES = {path: ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__") for path in FILES}
MODULES = set(NAMES.values())


@cache
def tree_of(path: Path) -> ast.Module:
    """A file, read and parsed once."""
    return ast.parse(path.read_text("utf-8"))


@cache
def imports(path: Path) -> list[tuple[str, int]]:
    """Every module of ours that a file names in an import, with its line."""
    found: list[tuple[str, int]] = []
    package = NAMES[path] if path.name == "__init__.py" else NAMES[path].rpartition(".")[0]
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            for alias in node.names:
                found.append((alias.name, node.lineno))
        elif isinstance(node, ast.ImportFrom):
            start = node.module or ""
            if node.level:
                above = package.split(".")[: len(package.split(".")) - node.level + 1]
                start = ".".join([*above, *([node.module] if node.module else [])])
            for alias in node.names:
                inner = f"{start}.{alias.name}"
                found.append((inner if inner in MODULES else start, node.lineno))
    return found


def floor(module: str) -> int | None:
    """The floor a module stands on; None for the door itself and for what is not ours."""
    parts = module.split(".")
    name = "ui" if parts[0] == "ui" else parts[1] if parts[0] == "mrc_app" and len(parts) > 1 else ""
    return FLOORS.index(name) if name in FLOORS else None


@pytest.mark.parametrize("path", FILES, ids=lambda path: NAMES[path])
def test_a_file_imports_only_what_stands_below_it(path: Path) -> None:
    here = floor(NAMES[path])
    if here is None:
        return
    wrong = [
        f"{NAMES[path]}:{line} imports {module}"
        for module, line in imports(path)
        if (there := floor(module)) is not None and there < here
    ]
    assert not wrong


def test_every_module_stands_on_a_floor() -> None:
    strangers = [
        name
        for name in MODULES
        if name.startswith("mrc_app.") and floor(name) is None and name.split(".")[1] != "__main__"
    ]
    assert not strangers


def test_within_casework_earlier_nouns_never_import_later_ones() -> None:
    wrong = []
    for path in (ROOT / "mrc_app" / "casework").glob("*.py"):
        if path.stem == "__init__":
            continue
        here = CASEWORK.index(_noun(path.stem))
        for module, line in imports(path):
            parts = module.split(".")
            if parts[:2] == ["mrc_app", "casework"] and len(parts) > 2 and CASEWORK.index(_noun(parts[2])) > here:
                wrong.append(f"{path.name}:{line} imports {module}")
    assert not wrong


def _noun(stem: str) -> str:
    """A noun that became two files keeps its place: ``client_words`` stands with ``clients``."""
    if stem in CASEWORK:
        return stem
    for noun in CASEWORK:
        if stem.startswith((noun + "_", noun.removesuffix("s") + "_")):
            return noun
    raise AssertionError(f"{stem} is not a noun of the casework; name it in tests/test_house.py")


def test_the_casework_knows_no_screen_and_the_screen_no_database() -> None:
    wrong = []
    for path in FILES:
        ours = NAMES[path]
        for module, line in imports(path):
            top = module.split(".")[0]
            if ours.startswith("mrc_app") and top in ("PySide6", "ui") and ours != "mrc_app.__main__":
                wrong.append(f"{ours}:{line} imports {module}")
            if ours.startswith("ui") and top in ("sqlalchemy", "sqlmodel", "sqlite3", "sqlcipher3"):
                wrong.append(f"{ours}:{line} imports {module}")
    assert not wrong


def test_typesetting_knows_no_case() -> None:
    for path in (ROOT / "mrc_app" / "typesetting").glob("*.py"):
        for module, line in imports(path):
            assert module.split(".")[:2] not in (["mrc_app", "casework"], ["mrc_app", "store"]), f"{path}:{line}"


def test_no_import_circle() -> None:
    graph: dict[str, set[str]] = defaultdict(set)
    for path in FILES:
        tree = tree_of(path)
        top_level = {
            node.lineno for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)
        }  # an import inside a function runs later and closes no circle
        for module, line in imports(path):
            if module in MODULES and line in top_level and module != NAMES[path]:
                graph[NAMES[path]].add(module)
    done: set[str] = set()

    def walk(name: str, trail: list[str]) -> None:
        assert name not in trail, " → ".join([*trail[trail.index(name) :], name])
        if name in done:
            return
        for other in sorted(graph[name]):
            walk(other, [*trail, name])
        done.add(name)

    for name in sorted(graph):
        walk(name, [])


@pytest.mark.parametrize("path", FILES, ids=lambda path: NAMES[path])
def test_a_file_is_short_and_its_name_says_something(path: Path) -> None:
    lines = path.read_text("utf-8").count("\n")
    assert lines <= 400, f"{NAMES[path]} has {lines} lines: a noun that is two nouns?"
    assert path.stem not in SAYS_NOTHING
    assert "import *" not in path.read_text("utf-8")


def test_the_main_window_stays_small() -> None:
    assert (ROOT / "ui" / "window.py").read_text("utf-8").count("\n") <= 150


def test_a_noun_reads_in_five_parts_in_order() -> None:
    order = ["Words", "Record", "Rules", "Actions", "Questions"]
    for path in (ROOT / "mrc_app" / "casework").glob("*.py"):
        parts = re.findall(r"^# -- (\w+)", path.read_text("utf-8"), re.M)
        places = [order.index(part) for part in parts if part in order]
        assert places == sorted(places), f"{path.name}: {parts}"


def test_broad_handlers_stand_only_where_a_job_or_the_top_meets_the_world() -> None:
    allowed = {"mrc_app.cli", "ui.jobs", "ui.app"}
    wrong = []
    for path in FILES:
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.ExceptHandler):
                named = ast.unparse(node.type) if node.type else "everything"
                if named in ("everything", "Exception", "BaseException") and NAMES[path] not in allowed:
                    wrong.append(f"{NAMES[path]}:{node.lineno} catches {named}")
    assert not wrong


def test_the_way_to_the_unlock_screen_loads_nothing_heavy() -> None:
    code = (
        "import sys; import ui.app, ui.pages.unlock, mrc_app.store;"
        "heavy = ['sqlmodel', 'sqlalchemy', 'reportlab', 'pydantic', 'mrc_app.guides', 'babel.dates', 'typer'];"
        "print([h for h in heavy if h in sys.modules])"
    )
    said = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"


def test_the_unlock_screen_stands_before_the_store_is_loaded() -> None:
    code = (
        "import sys; import ui.app, ui.pages.unlock;"
        "print([m for m in sys.modules if m.startswith(('mrc_app.store', 'sqlcipher3'))])"
    )
    said = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"


def test_a_command_never_loads_the_screen() -> None:
    code = "import sys; import mrc_app.cli; print('PySide6' in sys.modules)"
    said = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "False"


def test_nothing_points_at_a_machine_or_an_address_of_a_package_index() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False).stdout.split(
        "\n"
    )
    wrong = []
    for name in listed:
        path = ROOT / name
        if path.suffix not in (".py", ".md", ".toml", ".txt", ".sh", "", ".in", ".po") or not path.is_file():
            continue
        text = path.read_text("utf-8", errors="replace")
        for pattern in (r"(?<![\w.])/wor" + r"k/", r"\.\./share" + r"d", r"pypi\.or" + r"g", r"registry\.npm" + r"js"):
            if re.search(pattern, text):
                wrong.append(f"{name}: {pattern}")
    assert not wrong
