"""Words to avoid in a case, hinted as they are typed: they name the situation, never the person (terms of the project).

A hint, never a refusal: what she said herself stays as she said it.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from mrc_app.i18n import N_

# -- Words

AVOID: dict[str, dict[str, str]] = {
    "en": {
        "illegal": "in an irregular situation",
        "illegals": "people in an irregular situation",
        "runaway": "left the employer",
        "ran away": "left the employer",
        "absconded": "left the employer",
        "absconding": "left the employer",
        "maid": "domestic worker",
        "housemaid": "domestic worker",
        "servant": "domestic worker",
    },
    "fr": {
        "illégal": "en situation irrégulière",
        "illégale": "en situation irrégulière",
        "illégaux": "personnes en situation irrégulière",
        "clandestin": "en situation irrégulière",
        "clandestine": "en situation irrégulière",
        "clandestins": "personnes en situation irrégulière",
        "fugueuse": "a quitté son employeur",
        "fugueur": "a quitté son employeur",
        "fugitive": "a quitté son employeur",
        "bonne à tout faire": "travailleuse domestique",
        "boniche": "travailleuse domestique",
    },
}
FINDING: dict[str, dict[str, str]] = {
    "en": dict.fromkeys(("victim", "victims", "trafficked"), "the person"),
    "fr": dict.fromkeys(("victime", "victimes"), "la personne"),
}
"""Words that stand only after a competent authority has found so."""
BETTER = N_("“{word}”: better “{better}”.")
NOT_FOUND_YET = N_("“{word}”: nobody competent has found this yet. Better “{better}”.")


class Hint(NamedTuple):
    """A word to avoid as it stands in the text, a better one, and the sentence that says so."""

    word: str
    better: str
    message: str


# -- Rules


def hints(text: str, *, found: bool = False) -> list[Hint]:
    """The words of a text that are better avoided, in any language the lists know, each once.

    ``found``: a competent authority has recognised the person; then words of a finding may stand.
    """
    lists = [(AVOID, BETTER), *([] if found else [(FINDING, NOT_FOUND_YET)])]
    told = [
        (match.start(), Hint(match.group(), better, message))
        for words, message in lists
        for said in words.values()
        for word, better in said.items()
        if (match := re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text, re.IGNORECASE))
    ]
    return [hint for _place, hint in sorted(told, key=lambda one: one[0])]
