"""Two records of one person: linked, shown as one, unlinked without a trace, and the strictest word of either holds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session

from mrc_app.casework import consents, duplicates
from mrc_app.casework.clients import Client
from mrc_app.casework.consents import How, Purpose, Said, Standing, State
from mrc_app.errors import Invalid, MrcError
from mrc_app.store import lists, receiving, restrictions, search
from mrc_app.store.centre import Store
from tests.make import TODAY, make_client

LATER = date(2026, 11, 28)
GIVEN, REFUSED = Said(State.GIVEN, How.THUMB, "am"), Said(State.REFUSED)


def people(session: Session, count: int) -> list[Client]:
    made = [make_client(session, call_name=f"Hirut {letter}") for letter in "abcdefgh"[:count]]
    return sorted(made, key=lambda client: client.uuid)


def merge(session: Session, one: Client, other: Client) -> duplicates.Link:
    return duplicates.merge(session, one=one, other=other, by=one.registered_by, on=TODAY, reason="same phone")


def unmerge(session: Session, one: Client, other: Client) -> list[duplicates.Link]:
    return duplicates.unmerge(session, one=one, other=other, by=one.registered_by, on=LATER, reason="two sisters")


def test_the_smallest_uuid_shows_for_everybody_linked(session: Session) -> None:
    a, b, c, d = people(session, 4)
    merge(session, c, b)
    merge(session, c, a)
    assert duplicates.members(session, b.uuid) == [a.uuid, b.uuid, c.uuid]
    assert {duplicates.shown(session, one.uuid) for one in (a, b, c)} == {a.uuid}
    assert duplicates.members(session, d.uuid) == [d.uuid]
    assert [one.number for one in duplicates.records(session, c.uuid)] == [a.number, b.number, c.number]


def test_a_record_is_not_linked_with_itself_or_twice(session: Session) -> None:
    a, b, c = people(session, 3)
    with pytest.raises(Invalid, match="not two records but one"):
        merge(session, a, a)
    merge(session, a, b)
    merge(session, b, c)
    for one, other in ((a, b), (b, a), (a, c)):
        with pytest.raises(MrcError, match="already kept as one person"):
            merge(session, one, other)


def test_a_link_is_taken_back_with_who_when_and_why(session: Session) -> None:
    a, b, c = people(session, 3)
    merge(session, a, b)
    merge(session, b, c)
    with pytest.raises(MrcError, match="only through a third record"):
        unmerge(session, a, c)
    (link,) = unmerge(session, b, a)
    assert (link.gone, link.unmerged_on, link.unmerge_reason, link.reason) == (True, LATER, "two sisters", "same phone")
    assert duplicates.members(session, a.uuid) == [a.uuid]
    assert duplicates.members(session, c.uuid) == [b.uuid, c.uuid]
    with pytest.raises(MrcError, match="are not linked"):
        unmerge(session, a, b)


def test_a_record_marked_as_gone_is_linked_but_not_listed(session: Session) -> None:
    a, b = people(session, 2)
    merge(session, a, b)
    b.gone = True
    session.add(b)
    session.flush()
    assert [one.uuid for one in duplicates.records(session, a.uuid)] == [a.uuid]


def tables(desk: Store) -> dict[str, list[tuple[object, ...]]]:
    """Every table but the links themselves and the journal's own."""
    apart = {"link", "journal", "head", "superseded", "chain", "meta", "gate"}
    with desk.plain() as raw:
        names = [
            row[0]
            for row in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%'")
        ]
        return {
            name: sorted(raw.execute(f'SELECT * FROM "{name}"').fetchall(), key=repr)
            for name in names
            if name not in apart
        }


def test_merging_and_unmerging_changes_nothing_else(centre: Store) -> None:
    with centre.change(by=centre.officer, do="clients.register") as session:
        a, b = people(session, 2)
    before = tables(centre)
    with centre.change(by=centre.officer, do="duplicates.merge") as session:
        merge(session, a, b)
    assert tables(centre)["linked"] == [(a.uuid, a.uuid), (b.uuid, a.uuid)]
    with centre.change(by=centre.officer, do="duplicates.unmerge") as session:
        unmerge(session, a, b)
    assert tables(centre) == before


def partition(count: int, links: set[tuple[int, int]]) -> set[frozenset[int]]:
    """Brute force: colours spread along links until nothing changes."""
    colour = list(range(count))
    for _ in range(count):
        for a, b in links:
            colour[a] = colour[b] = min(colour[a], colour[b])
    return {frozenset(i for i in range(count) if colour[i] == c) for c in set(colour)}


ENDS = st.tuples(st.integers(0, 7), st.integers(0, 7))


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(ENDS, st.booleans()), max_size=12))
def test_people_are_the_partition_of_the_links_that_hold(said: list[tuple[tuple[int, int], bool]]) -> None:
    links = [duplicates.Link(a=str(a), b=str(b), gone=gone, merged_on=TODAY, merged_by="x") for (a, b), gone in said]
    for group in partition(8, {ends for ends, gone in said if not gone}):
        for one in group:
            assert duplicates.together(links, str(one)) == {str(other) for other in group}


STEPS = st.lists(st.tuples(st.sampled_from([True, True, False]), st.integers(0, 5), st.integers(0, 5)), max_size=14)


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(STEPS)
def test_any_merges_and_unmerges_leave_that_partition_in_the_file(
    centre: Store, steps: list[tuple[bool, int, int]]
) -> None:
    links: set[tuple[int, int]] = set()
    with centre.change(by=centre.officer, do="test") as session:
        clients = people(session, 6)
        for join, i, j in steps:
            pair = (min(i, j), max(i, j))
            try:
                (merge if join else unmerge)(session, clients[i], clients[j])
            except MrcError:
                together = any({i, j} <= group for group in partition(6, links))
                assert together if join else pair not in links
            else:
                links = links | {pair} if join else links - {pair}
        groups = {frozenset(clients[place].uuid for place in group) for group in partition(6, links)}
        for group in groups:
            for uuid in group:
                assert duplicates.members(session, uuid) == sorted(group)
    uuids = {client.uuid for client in clients}
    wanted = sorted((uuid, min(group)) for group in groups if len(group) > 1 for uuid in group)
    assert [row for row in tables(centre)["linked"] if row[0] in uuids] == wanted


def test_links_and_keys_are_made_anew_from_the_journal_alone(centre: Store) -> None:
    with centre.change(by=centre.officer, do="test") as session:
        a, b, c, d = people(session, 4)
        merge(session, a, b)
        merge(session, c, d)
        unmerge(session, c, d)
    linked, keys = tables(centre)["linked"], tables(centre)["match_key"]
    assert linked and keys
    with centre.writing() as raw:
        raw.execute("DELETE FROM linked")
        receiving.rebuild(raw)
    assert tables(centre)["linked"] == linked
    assert sorted(key for key, _ in tables(centre)["match_key"]) == sorted(key for key, _ in keys)


def test_the_strictest_consent_of_any_record_holds(session: Session) -> None:
    a, b = people(session, 2)
    consents.ask(session, client=a.uuid, purpose=Purpose.MINISTRY, said=GIVEN, by=a.registered_by, on=TODAY)
    merge(session, a, b)
    allows = duplicates.allows
    assert allows(session, b.uuid, Purpose.MINISTRY, today=TODAY), "never asked is not a refusal"
    assert not allows(session, b.uuid, Purpose.STORY, today=TODAY)
    consents.ask(session, client=b.uuid, purpose=Purpose.MINISTRY, said=REFUSED, by=a.registered_by, on=TODAY)
    assert not allows(session, a.uuid, Purpose.MINISTRY, today=TODAY)
    assert consents.allows(session, a.uuid, Purpose.MINISTRY, today=TODAY), "her own record says yes still"
    assert len(duplicates.consents_of(session, a.uuid)) == 6
    unmerge(session, a, b)
    assert allows(session, a.uuid, Purpose.MINISTRY, today=TODAY)
    assert not allows(session, b.uuid, Purpose.MINISTRY, today=TODAY)


def test_a_withdrawn_record_stops_everything_for_the_person(session: Session) -> None:
    a, b = people(session, 2)
    consents.ask(session, client=a.uuid, purpose=Purpose.MINISTRY, said=GIVEN, by=a.registered_by, on=TODAY)
    merge(session, a, b)
    kept = next(one for one in consents.of_client(session, b.uuid) if one.purpose is Purpose.RECORD)
    consents.withdraw(session, kept, on=TODAY, by=b.registered_by)
    assert not duplicates.allows(session, a.uuid, Purpose.MINISTRY, today=TODAY)
    assert not duplicates.allows(session, a.uuid, Purpose.STATISTICS, today=TODAY)


def test_a_refusal_for_one_service_says_nothing_about_another(session: Session) -> None:
    a, b = people(session, 2)
    said = {"purpose": Purpose.REFERRAL, "by": a.registered_by, "on": TODAY}
    consents.ask(session, client=a.uuid, said=GIVEN, scope="shelter", **said)
    consents.ask(session, client=b.uuid, said=REFUSED, scope="clinic", **said)
    merge(session, a, b)
    assert duplicates.allows(session, b.uuid, Purpose.REFERRAL, "shelter", today=TODAY)
    assert not duplicates.allows(session, b.uuid, Purpose.REFERRAL, "clinic", today=TODAY)


def test_a_restriction_of_one_record_hides_every_record_of_the_person(centre: Store) -> None:
    from mrc_app.store import lists, officers

    with centre.change(by=centre.officer, do="clients.register") as session:
        officers.add(session, name="Abebe", login="abebe")
        a, b, c = people(session, 3)
        restrictions.restrict(session, client=a.uuid, officers=[centre.officer], since="2026-11-20T08:00:00Z")
    abebe = Store(centre.path, centre.key, "abebe", "this computer")
    try:
        assert {row.uuid for row in lists.clients(abebe)} == {b.uuid, c.uuid}
        with centre.change(by=centre.officer, do="duplicates.merge") as session:
            merge(session, a, b)
        assert {row.uuid for row in lists.clients(abebe)} == {c.uuid}
        with abebe.read() as session, pytest.raises(MrcError, match="not on this desk"):
            duplicates.records(session, b.uuid)
        assert {row.uuid for row in lists.clients(centre)} == {a.uuid, c.uuid}
        with centre.change(by=centre.officer, do="duplicates.unmerge") as session:
            unmerge(session, a, b)
        assert {row.uuid for row in lists.clients(abebe)} == {b.uuid, c.uuid}
        assert_no_trace(abebe, a.uuid)
    finally:
        abebe.close()


def assert_no_trace(desk: Store, hidden: str) -> None:
    """The link that was taken back names the hidden record: it is hidden itself, in records and in the journal."""
    from sqlmodel import select

    from mrc_app.store import journal

    with desk.read() as session:
        assert session.exec(select(duplicates.Link)).all() == []
    assert hidden not in repr(journal.entries(desk))
    with desk.plain() as raw:
        assert raw.execute("SELECT count(*) FROM temp.seen_link").fetchone() == (0,)


def test_a_person_is_listed_counted_and_found_once(centre: Store) -> None:
    with centre.change(by=centre.officer, do="clients.register") as session:
        a, b, c = people(session, 3)
    assert [row.uuid for row in lists.clients(centre)] == sorted((a.uuid, b.uuid, c.uuid), key=by_name(a, b, c))
    with centre.change(by=centre.officer, do="duplicates.merge") as session:
        merge(session, b, a)
    assert {row.uuid for row in lists.clients(centre)} == {a.uuid, c.uuid}
    assert lists.client_count(centre) == 2
    found = search.find(centre, b.call_name)
    assert (found[0].uuid, found[0].number) == (a.uuid, a.number) and b.uuid not in {one.uuid for one in found}
    assert {one.uuid for one in search.find(centre, "Hirut")} == {a.uuid, c.uuid}
    with centre.change(by=centre.officer, do="duplicates.unmerge") as session:
        unmerge(session, a, b)
    assert lists.client_count(centre) == len(lists.clients(centre)) == 3
    assert search.find(centre, b.call_name)[0].uuid == b.uuid


def by_name(*known: Client) -> Callable[[str], str]:
    names = {one.uuid: one.call_name for one in known}
    return lambda uuid: names[uuid]


def test_what_holds_for_a_person_is_the_strictest_of_all_her_records(session: Session) -> None:
    a, b = people(session, 2)
    for client, purpose, said in (
        (a, Purpose.CONTACT, GIVEN),
        (b, Purpose.CONTACT, REFUSED),
        (a, Purpose.STORY, GIVEN),
    ):
        consents.ask(session, client=client.uuid, purpose=purpose, said=said, by=a.registered_by, on=TODAY)
    merge(session, a, b)
    table = duplicates.matrix(session, a.uuid, TODAY)
    assert table == duplicates.matrix(session, b.uuid, TODAY)
    assert table[Purpose.CONTACT] is Standing.REFUSED
    assert table[Purpose.STORY] is Standing.GIVEN
    assert table[Purpose.MINISTRY] is Standing.NOT_ASKED
    unmerge(session, a, b)
    assert duplicates.matrix(session, a.uuid, TODAY)[Purpose.CONTACT] is Standing.GIVEN
