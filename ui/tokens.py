"""The twenty colours of each theme and the two sizes of text; nothing here knows the toolkit."""

from __future__ import annotations

from dataclasses import dataclass

BODY = 14
TITLE = 23


@dataclass(frozen=True)
class Tokens:
    """The colours of one theme. ``soft`` colours lie behind text of the same name."""

    name: str
    page: str
    side: str
    card: str
    sunken: str
    line: str
    edge: str
    text: str
    muted: str
    accent: str
    accent_strong: str
    on_accent: str
    green: str
    green_soft: str
    red: str
    red_soft: str
    amber: str
    amber_soft: str
    blue: str
    blue_soft: str
    violet: str
    violet_soft: str


LIGHT = Tokens(
    name="light", page="#F6F4F0", side="#FCFBF9", card="#FFFFFF", sunken="#F1EEE9", line="#E4E0D9", edge="#8D8A83",
    text="#1D2523", muted="#56605D", accent="#0F6B5C", accent_strong="#0A5347", on_accent="#FFFFFF",
    green="#0E6656", green_soft="#E0F0EB", red="#A81D22", red_soft="#FBE7E5", amber="#764800", amber_soft="#FFF0CF",
    blue="#1B4F8F", blue_soft="#E2EDF9", violet="#5A3C93", violet_soft="#EEE8F8",
)  # fmt: skip
DARK = Tokens(
    name="dark", page="#161A19", side="#1B201F", card="#202625", sunken="#1A1F1E", line="#333B39", edge="#7A8582",
    text="#ECF0EE", muted="#A9B3AF", accent="#5CC5B0", accent_strong="#7AD6C4", on_accent="#10211D",
    green="#74D3BF", green_soft="#1C3934", red="#FF9C94", red_soft="#4A2224", amber="#F2C464", amber_soft="#40310F",
    blue="#93C0F5", blue_soft="#1E3350", violet="#C5AEF2", violet_soft="#35284F",
)  # fmt: skip
TONES = ("green", "blue", "violet", "amber", "red")
