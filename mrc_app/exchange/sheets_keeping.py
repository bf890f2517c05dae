"""What an import writes: for every ready row the records that the work at the desk would have made."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from mrc_app.casework.consents import Purpose, State
from mrc_app.exchange.sheets_rows import Ready

if TYPE_CHECKING:
    from mrc_app.store.bulk import Batch
    from mrc_app.store.centre import Store

Wrote = list[tuple[str, str]]


class Keeping:
    """Keeps rows in one batch; remembers whom it made, so that later rows about the same person find her."""

    def __init__(self, batch: Batch, store: Store, uuid: str) -> None:
        self.batch, self.uuid = batch, uuid
        self.by, self.desk_code = store.officer, store.desk_code
        self.made: dict[str, str] = {}

    def keep(self, ready: Ready) -> None:
        """The records of one row, and the row itself."""
        client, consent, wrote = ready.client or self.made.get(ready.person, ""), None, Wrote()
        new, hers = not client, 0
        if new:
            client, consent = self._client(ready)
            hers = 1 + len(ready.answers)
        if ready.contact:
            wrote.append(("contact", self.batch.add("contact", client=client, officer=self.by, **ready.contact)))
        if ready.journey:
            wrote += self._journey(client, ready.journey)
        if ready.case:
            wrote += self._case(client, ready.case, consent)
        apart = [part for part in wrote if part[0] in ("grievance", "respondent", "grievanceevent")]
        self.batch.add(
            "importedrow", client=client, batch=self.uuid, key=ready.key, content=ready.content, sheet=ready.sheet,
            row=ready.row, new=new, person=ready.person, records=hers + len(wrote) - len(apart) + 1,
            wrote=json.dumps(apart if new else wrote),
        )  # fmt: skip

    def _client(self, ready: Ready) -> tuple[str, str | None]:
        """The client and her answers, as registering her would keep them; her consent to take a complaint up."""
        complaint = None
        client = self.batch.add(
            "client", number=self.batch.number(self.desk_code, ready.on.year), registered_on=ready.on,
            registered_by=self.by, **ready.columns,
        )  # fmt: skip
        for purpose, said in ready.answers.items():
            kept = self.batch.add(
                "consent", client=client, purpose=purpose, asked_by=self.by, given_on=ready.on, **vars(said)
            )
            if purpose is Purpose.COMPLAINT and said.state is State.GIVEN:
                complaint = kept
        if ready.person:
            self.made[ready.person] = client
        return client, complaint

    def _journey(self, client: str, said: dict[str, Any]) -> Wrote:
        journey = self.batch.add("journey", client=client, **said)
        step = self.batch.add(
            "journeystep", client=client, journey=journey, stage=said["stage"], on=said["stage_on"], by=self.by
        )
        return [("journey", journey), ("journeystep", step)]

    def _case(self, client: str, said: dict[str, Any], consent: str | None) -> Wrote:
        lodged = said["grievance"]["lodged_on"]
        number = self.batch.number(self.desk_code, lodged.year)
        grievance = self.batch.add("grievance", number=number, taken_by=self.by, **said["grievance"])
        part = {**said["complainant"], "client": client, "grievance": grievance, "consent": consent}
        if "outcome" in part:
            part["outcome_by"] = self.by
        wrote = [("grievance", grievance), ("complainant", self.batch.add("complainant", **part))]
        if said["respondent"]:
            wrote.append(("respondent", self.batch.add("respondent", grievance=grievance, **said["respondent"])))
        for step in said["events"]:
            event = self.batch.add("grievanceevent", grievance=grievance, by=self.by, **step)
            wrote.append(("grievanceevent", event))
        return wrote


def keep_event(batch: Batch, store: Store, uuid: str, ready: Ready) -> None:
    """An event, and the row it came from."""
    event = batch.add("event", by=store.officer, **ready.columns)
    batch.add("importedevent", event=event, batch=uuid, key=ready.key, content=ready.content, row=ready.row)
