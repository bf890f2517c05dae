"""What the words of a logbook mean: a word of a closed list by its code or its label, a country by its name."""

from __future__ import annotations

import re
from functools import lru_cache

from mrc_app import i18n
from mrc_app.casework import client_words, counselling_words, grievance_words, journey_words
from mrc_app.casework.events import EventType
from mrc_app.i18n import Labelled

LISTED: dict[str, type[Labelled]] = {
    "sex": client_words.Sex,
    "kind": client_words.Kind,
    "stage": client_words.Stage,
    "status": client_words.Status,
    "education": client_words.Education,
    "marital": client_words.Marital,
    "disability": client_words.Disability,
    "heard_of": client_words.HeardOf,
    "id_type": client_words.Paper,
    "can_read": client_words.Reading,
    "contact_mode": counselling_words.Mode,
    "contact_topics": counselling_words.Topic,
    "contact_given": counselling_words.Given,
    "journey_stage": journey_words.JourneyStage,
    "journey_sector": journey_words.Sector,
    "journey_recruited_through": journey_words.RecruitedThrough,
    "journey_wage_per": journey_words.Per,
    "journey_rest_day": journey_words.RestDay,
    "journey_food_room": journey_words.FoodRoom,
    "journey_return_payer": journey_words.ReturnPayer,
    "case_categories": grievance_words.Code,
    "case_step": grievance_words.Step,
    "case_lodged_through": grievance_words.LodgedBy,
    "case_state": grievance_words.State,
    "case_because": grievance_words.Because,
    "case_outcome": grievance_words.Outcome,
    "case_against_kind": grievance_words.Against,
    "type": EventType,
    "topics": counselling_words.Topic,
}
"""Fields of a closed list: the words a logbook's own may be mapped to."""
COUNTRIES = frozenset({
    "nationality", "second_nationality", "origin_country", "location_country", "journey_origin", "journey_destination",
    "case_country",
})  # fmt: skip
LISTS = frozenset({"speaks", "contact_topics", "contact_given", "case_categories", "topics", "journey_programmes"})
"""Fields that take several words."""
SHORT = {"ksa": "SA", "uae": "AE", "drc": "CD", "uk": "GB", "usa": "US"}
"""Countries as logbooks shorten them."""
_DIVIDERS = re.compile(r"[,;|/]")


def known(field: str, word: str) -> str:
    """The code of a word, where the list has it under this code or label; else the word itself."""
    spoken = i18n.screen_language().code
    found = _countries(spoken) if field in COUNTRIES else _words(field, spoken)
    return found.get(" ".join(word.casefold().split()), word)


def parts(field: str, text: str, divider: str, own: dict[str, str]) -> list[str]:
    """The single words of a cell. Without a divider of its own: at commas, semicolons and strokes, and at spaces where
    every piece is a known word, as forms on phones write them."""
    if divider and divider != " ":
        return [one.strip() for one in text.split(divider) if one.strip()]
    pieces = [one.strip() for one in _DIVIDERS.split(text) if one.strip()]
    if len(pieces) == 1 and (spaced := pieces[0].split()) and len(spaced) > 1 and pieces[0] not in own:
        codes = {one.value for one in LISTED.get(field, ())} | own.keys()
        if divider or all(one in codes for one in spaced):
            return spaced
    return pieces


@lru_cache(maxsize=128)
def _words(field: str, spoken: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for word in LISTED.get(field, ()):
        for said in (word.value, word.label, i18n._(word.label)):
            found.setdefault(said.casefold(), word.value)
    return found


@lru_cache(maxsize=4)
def _countries(spoken: str) -> dict[str, str]:
    from mrc_app.corridors import countries

    named = {
        countries.name(code, language).casefold(): code for code in countries.codes() for language in {spoken, "en"}
    }
    return (
        SHORT
        | {code.casefold(): code for code in countries.codes()}
        | named
        | {three.casefold(): two for two, three in countries.alpha3().items()}
    )
