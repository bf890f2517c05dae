"""mrc recruiters, job-orders, reviews and share-hamsa: what they print, and what leaves only with consent."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session

from mrc_app import cli
from mrc_app.casework import (
    clients,
    consent_shares,
    consents,
    job_orders,
    recruiter_events,
    recruiter_reviews,
    recruiters,
)
from mrc_app.casework.consents import Purpose, Standing
from mrc_app.errors import Invalid
from mrc_app.exchange import hamsa
from mrc_app.money import Money
from mrc_app.store import saved_files
from mrc_app.store.centre import Store
from tests.make import LOGIN, NO, OFFICER, PASSWORD, TODAY, YES, make_client, make_journey, make_store


class Desk:
    """A centre on disk and the options to reach it."""

    def __init__(self, path: Path, number: str) -> None:
        self.path, self.number = path, number
        self.options = ["--centre", str(path), "--user", LOGIN, "--today", TODAY.isoformat(), "--json"]

    def open(self) -> Store:
        from mrc_app import store

        return store.open(self.path, login=LOGIN, password=PASSWORD)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    made = make_store(tmp_path_factory.mktemp("recruiter-commands"))
    with made.change(by=made.officer, do="test") as session:
        number = furnish(session)
    made.close()
    return Desk(made.path, number)


def furnish(session: Session) -> str:
    """Himal Shine with a complaint, five reviews and a job order; the number of the client who complained."""
    shine = recruiters.add(
        session, by=OFFICER, on=TODAY, kind="agency", name="=Himal Shine", country="NP", aliases=["हिमाल शाइन"],
        licence_number="123/064", licence_valid_to="2027-07-01", checked_on=TODAY, source="ministry list",
    )  # fmt: skip
    ramesh = make_client(session, call_name="Ramesh", given="Ramesh", phone="+97455123456", passport="X1234567")
    make_journey(session, ramesh, origin="NP", destination="QA", isco="7112", wage=Money.of("1500", "QAR"))
    recruiters.link(session, client=ramesh.uuid, recruiter=shine.uuid, role="agency", on=TODAY, by=OFFICER)
    complain: dict[str, Any] = {"recruiter": shine.uuid, "by": OFFICER, "today": TODAY, "client": ramesh.uuid}
    recruiter_events.note_event(
        session, kind="complaint", on=date(2024, 6, 1), outcome="second paper in Doha", about="case 1", **complain
    )
    recruiter_events.note_event(session, kind="settled", on=date(2025, 6, 1), about="case 1", **complain)
    for _ in range(5):
        who = make_client(session).uuid
        recruiter_reviews.note(
            session, client=who, recruiter=shine.uuid, on=TODAY, by=OFFICER, fees="2", may_share="yes",
            comment="said in confidence",
        )  # fmt: skip
    job_orders.add(
        session, recruiter=shine.uuid, by=OFFICER, on=TODAY, title="mason", country="QA", isco="7112",
        wage=Money.of("1600", "QAR"), wage_per="month",
    )  # fmt: skip
    return ramesh.number


@pytest.fixture(autouse=True)
def password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MRC_PASSWORD", PASSWORD)


def mrc(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    assert cli.run(list(arguments)) == 0, capsys.readouterr().err
    return json.loads(capsys.readouterr().out)


def test_the_register_shows_licence_cases_and_reviews(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    (row,) = mrc(capsys, "recruiters", "--find", "हिमाल", *desk.options)
    assert (row["licence"]["state"], row["cases"], row["since"], row["settled"]) == ("valid", 1, 2024, 1)
    assert row["reviews"] == 5
    assert cli.run(["recruiters", "--find", "nobody", *desk.options[:-1]]) == 0
    assert capsys.readouterr().out == "Nobody was found.\n"


def test_job_orders_come_with_reasons_and_blocks(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    (row,) = mrc(capsys, "job-orders", *desk.options)
    assert row["wage"] == {"minor": 160000, "currency": "QAR"} and row["blocked"] == []
    (row,) = mrc(capsys, "job-orders", "--client", desk.number, *desk.options)
    assert any("7112" in reason for reason in row["fits"]) and row["against"]
    assert cli.run(["job-orders", *desk.options[:-1]]) == 0
    assert "mason (QA), =Himal Shine: open" in capsys.readouterr().out


def test_reviews_leave_without_any_person(desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = mrc(capsys, "reviews", "--out", str(tmp_path), *desk.options)
    assert said["recruiters"] == 1
    table = (tmp_path / "reviews.csv").read_text("utf-8-sig")
    (row,) = csv.DictReader(table.splitlines())
    assert (row["recruiter"], row["people"], row["fees_mean"], row["paid_mean"]) == ("'=Himal Shine", "5", "2.0", "")
    whole = json.loads((tmp_path / "reviews.json").read_text("utf-8"))
    assert whole["recruiters"][0]["fees_answers"] == 5 and len(whole["questions"]) == 8
    assert "confidence" not in table + str(whole) and "Tigist" not in table + str(whole)


def test_a_complaint_leaves_for_hamsa_only_with_the_fields_she_agreed_to(
    desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "hamsa.json"
    arguments = ["share-hamsa", "--client", desk.number, "--out", str(out), *desk.options]

    def answer(purpose: Purpose, said: consents.Said, scope: str = "") -> None:
        opened = desk.open()
        with opened.change(by=opened.officer, do="test") as session:
            who = clients.by_number(session, desk.number).uuid
            consents.ask(session, client=who, purpose=purpose, said=said, by=OFFICER, on=TODAY, scope=scope)
        opened.close()

    def refused() -> str:
        assert cli.run(arguments) == 1
        assert not out.exists()
        return capsys.readouterr().err

    assert "hand my case to a partner abroad” is not asked" in refused()
    answer(Purpose.HAND_OVER, YES)
    answer(Purpose.COMPLAINT, NO)
    assert "take up my complaint with agency or employer” is refused" in refused()
    answer(Purpose.COMPLAINT, YES)
    answer(Purpose.HAND_OVER, NO, "HAMSA")
    assert "is refused" in refused()
    answer(Purpose.HAND_OVER, YES, "HAMSA")
    assert cli.run([*arguments, "--leave-out", "shoe_size"]) == 1
    assert "shoe_size" in capsys.readouterr().err and not out.exists()

    said = mrc(capsys, *arguments, "--leave-out", "wage")
    assert {"phone", "safe_contact"} == {name for name, why in said["withheld"].items() if why == "P2 not_asked"}
    whole = json.loads(out.read_text("utf-8"))
    assert whole["record"]["complaints"][0]["state"] == "settled"
    assert whole["record"]["recruiters"][0]["licence"] == "123/064"
    text = out.with_suffix(".txt").read_text("utf-8")
    assert "second paper in Doha" in text and "Ramesh" in text
    for never in ("55123456", "X1234567", "1500"):
        assert never not in text + str(whole), never
    opened = desk.open()
    with opened.read() as session:
        (share,) = consent_shares.of_client(session, clients.by_number(session, desk.number).uuid)
        assert share.to == "HAMSA" and "phone" not in share.fields and "complaints" in share.fields
    assert {one.what for one in saved_files.listed(opened)} == {"hamsa"}
    opened.close()
    answer(Purpose.CONTACT, YES)
    assert mrc(capsys, *arguments)["withheld"] == {}
    assert cli.run([*arguments[:4], str(tmp_path / "x.txt"), *desk.options]) == 1


def test_a_withdrawn_record_stops_everything_and_unknown_fields_are_named() -> None:
    every = dict.fromkeys(Purpose, Standing.GIVEN)
    assert hamsa.refusal(every) is None
    said = hamsa.refusal({**every, Purpose.RECORD: Standing.WITHDRAWN})
    assert said is not None and "withdrawn" in said.text()
    with pytest.raises(Invalid):
        hamsa.allowed(every, ["shoe_size"])


def test_without_a_complaint_nothing_leaves(desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    opened = desk.open()
    with opened.change(by=opened.officer, do="test") as session:
        bare = make_client(session, call_name="Hana")
        for purpose in (Purpose.HAND_OVER, Purpose.COMPLAINT):
            consents.ask(session, client=bare.uuid, purpose=purpose, said=YES, by=OFFICER, on=TODAY)
    opened.close()
    arguments = ["share-hamsa", "--client", bare.number, "--out", str(tmp_path / "h.json"), *desk.options]
    assert cli.run(arguments) == 1
    assert "no complaint" in capsys.readouterr().err
