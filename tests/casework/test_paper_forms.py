"""Numbered paper forms: none is lost, each is typed in once, and a mistyped number is found out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import Session

from mrc_app.casework import paper_forms
from mrc_app.casework.paper_forms import FormKind, FormState, PaperForm
from mrc_app.errors import Invalid, MrcError
from mrc_app.guides import paper_forms_printing
from mrc_app.store.centre import Store
from tests.make import LOGIN, OFFICER, PASSWORD, TODAY, make_store


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    made = make_store(tmp_path_factory.mktemp("forms"))
    yield made
    made.close()


def printed(session: Session, count: int = 2, kind: str = "event") -> list[PaperForm]:
    return paper_forms.number_forms(
        session, kind=kind, count=count, language="am", desk_code="BD1", on=TODAY, by=OFFICER
    )


def test_each_form_has_its_own_number_and_is_out_until_it_is_typed_in(store: Store) -> None:
    with store.change(by=OFFICER, do="test") as session:
        one, two = printed(session)
        assert one.number.startswith("FBD1-2026-") and one.number != two.number
        assert {one.number, two.number} <= {form.number for form in paper_forms.of_state(session, FormState.OUT)}
        paper_forms.typed_in(session, one.number.lower(), on=TODAY, by=OFFICER)
        assert (one.state, one.state_on, one.state_by) == (FormState.ENTERED, TODAY, OFFICER)
        with pytest.raises(MrcError, match="back already"):
            paper_forms.typed_in(session, one.number, on=TODAY, by=OFFICER)
        paper_forms.out_again(session, one)
        assert (one.state, one.state_on) == (FormState.OUT, None)
        assert paper_forms.tally(session)[FormState.OUT] >= 2


def test_a_lost_form_needs_a_word_and_a_wrong_number_is_refused(store: Store) -> None:
    with store.change(by=OFFICER, do="test") as session:
        one, two = printed(session, kind=FormKind.REGISTRATION)
        with pytest.raises(Invalid) as wrong:
            paper_forms.settle(session, one, state="lost", on=TODAY, by=OFFICER)
        assert "note" in wrong.value.problems
        paper_forms.settle(session, one, state="lost", on=TODAY, by=OFFICER, note="Kebede had it in Kombolcha")
        paper_forms.settle(session, two, state="spoiled", on=TODAY, by=OFFICER)
        assert {FormState.LOST, FormState.SPOILED} <= paper_forms.tally(session).keys()
        with pytest.raises(Invalid):
            paper_forms.by_number(session, one.number[:-1] + ("A" if one.number[-1] != "A" else "B"))
        with pytest.raises(MrcError, match="was printed"):
            paper_forms.by_number(session, "BD1-2026-1-C")
        for count, kind in ((0, "event"), (201, "event"), (1, "poem")):
            with pytest.raises(Invalid):
                printed(session, count, kind)


@pytest.mark.parametrize("language", ["am", "ar"])
def test_every_form_is_one_page(store: Store, tmp_path: Path, language: str) -> None:
    for kind in FormKind:
        out = tmp_path / f"{kind.value}.pdf"
        done = paper_forms_printing.print_forms(store, kind=kind.value, count=1, language=language, on=TODAY, out=out)
        assert (done.pages, len(done.numbers)) == (1, 1)
        assert out.read_bytes().startswith(b"%PDF")


def test_forms_that_cannot_be_written_take_no_numbers(store: Store, tmp_path: Path) -> None:
    with store.read() as session:
        before = paper_forms.tally(session)
    with pytest.raises(MrcError, match="cannot be written"):
        paper_forms_printing.print_forms(
            store, kind="event", count=1, language="en", on=TODAY, out=tmp_path / "no" / "x.pdf"
        )
    with store.read() as session:
        assert paper_forms.tally(session) == before


def test_the_command_prints_takes_back_and_lists(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from mrc_app.cli import run

    made = make_store(tmp_path)
    path = made.path
    made.close()
    monkeypatch.setenv("MRC_PASSWORD", PASSWORD)

    def mrc(*more: str) -> tuple[int, str]:
        code = run(["paper-forms", "--centre", str(path), "--user", LOGIN, "--today", "2026-11-20", *more])
        return code, capsys.readouterr().out

    out = tmp_path / "forms.pdf"
    code, said = mrc("--kind", "village", "--count", "2", "--language", "fr", "--out", str(out), "--json")
    numbers = json.loads(said)["numbers"]
    assert (code, len(numbers), json.loads(said)["pages"]) == (0, 2, 2)
    code, said = mrc("--back", numbers[0], "--json")
    assert (code, [one["number"] for one in json.loads(said)["out"]]) == (0, numbers[1:])
    assert json.loads(said)["counts"] == {"out": 1, "entered": 1}
    assert mrc("--back", numbers[0])[0] == 1
    assert numbers[1] in mrc("--list")[1]
    assert mrc()[0] == 1
