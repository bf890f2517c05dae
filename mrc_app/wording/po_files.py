"""A .po file, read and written back: what is not changed keeps its bytes, so that Poedit, Weblate and a reviewer see
only what somebody did."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

_LINE = re.compile(r'^(msgid_plural|msgid|msgstr(?:\[(\d)\])?|msgctxt)?\s*"(.*)"\s*$')
_ESCAPED = re.compile(r"\\(.)")
_PLAIN = {"n": "\n", "t": "\t", "r": "\r"}


@dataclass(frozen=True)
class Entry:
    """One message: its id (the English itself on the screen), its texts (several where it has plural forms), the
    comments of translators and of the program, and its lines as they stand in the file."""

    id: str
    many: str
    texts: tuple[str, ...]
    notes: tuple[str, ...]
    comments: tuple[str, ...]
    flags: tuple[str, ...]
    raw: str

    @property
    def text(self) -> str:
        """The text, or the first of its forms."""
        return self.texts[0] if self.texts else ""

    @property
    def said(self) -> bool:
        """Whether every form is there and nobody marked it as unsure."""
        return bool(self.texts) and all(self.texts) and "fuzzy" not in self.flags

    def with_(self, texts: tuple[str, ...], notes: Iterable[str]) -> Entry:
        """The entry with other texts and translators' notes; it is not unsure any more."""
        changed = replace(
            self, texts=texts, notes=tuple(notes), flags=tuple(one for one in self.flags if one != "fuzzy")
        )
        return replace(changed, raw=changed._written())

    def _written(self) -> str:
        lines = [f"# {note}".rstrip() for note in self.notes]
        lines += [line for line in self.raw.splitlines() if line.startswith(("#.", "#:"))]
        lines += [f"#, {', '.join(self.flags)}"] if self.flags else []
        lines += _said("msgid", self.id)
        if not self.many:
            return "\n".join([*lines, *_said("msgstr", self.text)])
        lines += _said("msgid_plural", self.many)
        for number, text in enumerate(self.texts):
            lines += _said(f"msgstr[{number}]", text)
        return "\n".join(lines)


@dataclass(frozen=True)
class PoFile:
    """A catalogue: its head, as it stands, and its entries in order."""

    head: str
    entries: Mapping[str, Entry]
    end: str = "\n\n"

    @property
    def headers(self) -> dict[str, str]:
        """The head's fields by name in small letters."""
        lines = [line.strip('"').removesuffix("\\n") for line in self.head.splitlines() if line.startswith('"')]
        rows = [line.partition(": ") for line in lines]
        return {name.rstrip(":").lower(): value.strip() for name, _colon, value in rows}

    def with_headers(self, **fields: str) -> PoFile:
        """The catalogue with other fields in its head (``X_Status`` is ``X-Status``)."""
        lines = self.head.splitlines()
        for name, value in fields.items():
            field = name.replace("_", "-")
            line = f'"{field}: {_quoted(value)}\\n"'
            there = next((at for at, one in enumerate(lines) if one.lower().startswith(f'"{field.lower()}:')), None)
            if there is None:
                lines.append(line)
            else:
                lines[there] = line
        return replace(self, head="\n".join(lines))

    def with_entries(self, changed: Mapping[str, Entry]) -> PoFile:
        """The catalogue with some entries changed or added."""
        return replace(self, entries={**self.entries, **changed})

    def written(self) -> str:
        """The file's text."""
        return "\n\n".join([self.head, *(entry.raw for entry in self.entries.values())]) + self.end


def parse(text: str) -> PoFile:
    """A catalogue's text, read. Lines that are no part of an entry (old ones, ``#~``) are left out."""
    head, entries = "", {}
    for block in re.split(r"\n(?:[ \t]*\n)+", text.replace("\r\n", "\n").strip("\n")):
        entry = _entry(block)
        if entry is None:
            continue
        if entry.id or head:
            entries[entry.id] = entry
        else:
            head = block
    return PoFile(head, entries, text[len(text.rstrip("\n")) :] or "\n")


def read(path: Path) -> PoFile:
    """A catalogue of the disk."""
    return parse(path.read_text("utf-8"))


def _entry(block: str) -> Entry | None:
    parts: dict[str, list[str]] = {}
    notes, comments, flags = [], [], []
    now = ""
    for line in block.split("\n"):
        if line.startswith("#"):
            if line.startswith("#."):
                comments.append(line[2:].strip())
            elif line.startswith("#,"):
                flags += [flag.strip() for flag in line[2:].split(",")]
            elif line[1:2] in (" ", ""):
                notes.append(line[1:].strip())
            continue
        found = _LINE.match(line)
        if found is None:
            continue
        now = found[1] or now
        parts.setdefault(now, []).append(found[3])
    if "msgid" not in parts:
        return None
    texts = tuple(_joined(lines) for name, lines in parts.items() if name.startswith("msgstr"))
    many = _joined(parts.get("msgid_plural", []))
    return Entry(_joined(parts["msgid"]), many, texts, tuple(notes), tuple(comments), tuple(flags), block)


def _joined(lines: list[str]) -> str:
    text = "".join(lines)
    return _ESCAPED.sub(lambda found: _PLAIN.get(found[1], found[1]), text) if "\\" in text else text


def _quoted(text: str) -> str:
    text = text.replace("\\", "\\\\").replace('"', '\\"')
    return text.replace("\n", "\\n").replace("\t", "\\t").replace("\r", "\\r")


def _said(name: str, text: str) -> list[str]:
    if "\n" not in text.rstrip("\n"):
        return [f'{name} "{_quoted(text)}"']
    return [f'{name} ""', *(f'"{_quoted(line)}"' for line in text.splitlines(keepends=True))]
