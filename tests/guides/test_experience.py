"""The page of experience: one page in four languages, the worker's statement, nothing that could harm her."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from mrc_app.casework import skills
from mrc_app.errors import MrcError
from mrc_app.guides import experience
from mrc_app.guides.experience import Experience
from mrc_app.i18n import Catalog
from mrc_app.store.centre import Store
from mrc_app.typesetting.blocks import Fact, Line, Note, Table
from tests import make

TODAY = date(2026, 11, 20)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Experience:
    """Fanta's experience, read from a real centre."""
    store: Store = make.make_store(tmp_path_factory.mktemp("experience"))
    with store.change(by=store.officer, do="test") as session:
        client = make.make_client(session, given="Fanta", language="fr", speaks=["fr", "bm"], phone="0911234567").uuid
        skills.keep(session, client=client, kind="occupation", isco="7531", title="Tailor", level="teaches", years=8,
                    learned_country="MR", workplace="Atelier (invented)", since="2018-01-01",
                    paper_seen="yes")  # fmt: skip
        skills.keep(session, client=client, kind="occupation", isco="9111", title="Cleaner")
        skills.keep(session, client=client, kind="driving", title="Motorbike", level="able")
        skills.train(session, client=client, course="Saving", state="completed", hours=12, provider="School (invented)",
                     certified_on="2025-05-01")  # fmt: skip
        skills.train(session, client=client, course="Welding", state="started")
        skills.recognise(session, client=client, occupation="Tailor", result="full", level="2")
        skills.recognise(session, client=client, occupation="Cook", result="pending")
        found = experience.of_client(session, client, centre="MIC Bahir Dar", today=TODAY)
    store.close()
    return found


def words(told: Experience, code: str = "en") -> str:
    said: list[str] = []
    for one in experience.blocks(told, experience.words_of(code)):
        if isinstance(one, Line | Note):
            said.append(one.text)
        elif isinstance(one, Fact):
            said.append(f"{one.label}: {one.value}")
        elif isinstance(one, Table):
            said += [" | ".join(str(cell) for cell in row) for row in one.rows]
    return "\n".join(said).translate(dict.fromkeys(map(ord, "\u2066\u2068\u2069"))).replace("\u00a0", " ")


def test_it_says_what_she_did_and_that_it_is_her_statement_and_no_qualification(told: Experience) -> None:
    page = words(told)
    assert "worker's own statement" in page and "not a qualification" in page
    assert "Tailor, ISCO-08 7531, title not checked, well enough to teach others" in page
    assert "Atelier (invented), Mauritania" in page and "8 years of practice" in page and "paper seen" in page
    assert "Cleaner, ISCO-08 9111 | – | – | as told" in page
    assert "Motorbike, well enough to work, as told" in page
    assert "Saving, School (invented), 12 hours" in page
    assert "Tailor, level 2, recognised" in page
    for never in ("Welding", "Cook", "0911234567", "BD1"):
        assert never not in page


@pytest.mark.parametrize("code", experience.written_in())
def test_it_is_one_page_in_each_language(told: Experience, code: str) -> None:
    made = experience.make(told, language=code)
    assert (made.pages, made.language, made.draft) == (1, code, code != "en")
    assert made.pdf.startswith(b"%PDF") and made.file_name == f"experience-{code}.pdf"


def test_every_language_has_every_text_and_others_are_refused(told: Experience) -> None:
    english = Catalog.load("en", experience.DOMAIN)
    ids = [line.split('"')[1] for line in po("en").splitlines() if line.startswith('msgid "E.')]
    assert english.find(ids[0])
    for code in experience.written_in():
        assert [one for one in ids if Catalog.load(code, experience.DOMAIN).find(one) is None] == []
    with pytest.raises(MrcError, match="no approved translation"):
        experience.make(told, language="sid")


def po(code: str) -> str:
    from mrc_app.places import LOCALES

    path: Path = LOCALES / code / "LC_MESSAGES" / f"{experience.DOMAIN}.po"
    return path.read_text("utf-8")


def test_nothing_known_is_said_in_a_sentence(told: Experience) -> None:
    bare = Experience(told.name, (), (), (), (), (), told.centre, told.today)
    page = words(bare)
    assert "No work is written down yet." in page and "Languages" not in page
