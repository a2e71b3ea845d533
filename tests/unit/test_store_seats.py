"""Who sits where: codes, keys, seats, links and knocks."""

import pytest
from sqlalchemy import select
from tiny import Ticking, sit, yes

from mira_workbook.content.definition import Workbook
from mira_workbook.errors import RightError, SeatError, SessionNotFound, StoreError
from mira_workbook.records import Entry, NewAct, Snapshot
from mira_workbook.store import NewMember, NewTeam, Opened, Store, schema, shown_code
from mira_workbook.store.codes import ALPHABET, new_code, plain_code


def test_codes_have_six_characters_that_nobody_mistakes() -> None:
    codes = {new_code() for _ in range(500)}
    assert len(codes) == 500
    assert all(len(code) == 6 and set(code) <= set(ALPHABET) for code in codes)
    assert not set(ALPHABET) & set("0O1IL")
    assert shown_code("K7M4QX") == "K7M-4QX"
    assert {plain_code(typed) for typed in ("k7m-4qx", " K7M 4QX ", "K7M4QX")} == {"K7M4QX"}


def test_a_meeting_is_found_by_its_code_however_typed(store: Store, opened: Opened) -> None:
    shown = shown_code(opened.meeting.code)
    assert store.meeting(shown.lower()) == opened.meeting
    with pytest.raises(SessionNotFound) as unknown:
        store.meeting("zzz-zzz")
    assert str(unknown.value) == ("No meeting has the code ZZZ-ZZZ. Check each letter with the person who gave it.")


def test_a_meeting_opens_with_a_session_a_roster_and_keys(store: Store, opened: Opened) -> None:
    one, two = opened.sessions
    assert [(m.key, m.name, m.position) for m in store.roster(two.id)] == [("M1", "Ida Hill", 1), ("M2", "Jon Vale", 2)]
    assert (store.team(one.team_id).slug, store.team(two.team_id).slug) == ("tupelo-branch", "cedar")
    assert store.sessions(opened.meeting.id) == opened.sessions
    assert sorted(opened.keys) == ["coach", "facilitator", "viewer"]
    assert len(set(opened.keys.values())) == 3


def test_the_pinned_definition_is_what_counts(store: Store, opened: Opened, tiny_workbook: Workbook) -> None:
    changed = tiny_workbook.model_copy(update={"title": "Another title"})
    again = store.open_meeting(changed, [NewTeam("Later")])
    assert store.workbook(opened.meeting) == tiny_workbook
    assert store.workbook(again.meeting).title == "Another title"
    assert opened.meeting.content_version == tiny_workbook.hash()[:12]


def test_a_taken_team_name_gets_a_number_and_a_team_id_goes_on(
    store: Store, opened: Opened, tiny_workbook: Workbook
) -> None:
    old = opened.sessions[1].team_id
    new = store.open_meeting(tiny_workbook, [NewTeam("Cedar"), NewTeam("Cedar", team_id=old)])
    fresh, known = (store.team(session.team_id) for session in new.sessions)
    assert (fresh.slug, known.id) == ("cedar-2", old)
    assert [m.name for m in store.roster(new.sessions[1].id)] == ["Ida Hill", "Jon Vale"]
    with pytest.raises(StoreError, match="is named twice"):
        store.open_meeting(tiny_workbook, [NewTeam("Cedar", team_id=old), NewTeam("Cedar", team_id=old)])


def test_two_people_may_share_a_name(store: Store, opened: Opened) -> None:
    session = opened.sessions[1].id
    before = store.revisions(session)
    twin = store.add_member(session, NewMember("Ida Hill", role="aide", role_group="support"))
    assert (twin.key, twin.role, twin.position) == ("M3", "aide", 3)
    assert store.revisions(session) == (before[0] + 1, before[1] + 1)


def test_keys_open_their_role_until_revoked_and_are_kept_as_hashes(store: Store, opened: Opened) -> None:
    code, secret = opened.meeting.code, opened.keys["facilitator"]
    assert store.key_role(secret) == (opened.meeting, "facilitator")
    second = store.new_key(code, "facilitator")
    assert store.key_role(secret) == store.key_role(second)
    store.revoke_keys(code, "facilitator")
    for lost in (secret, second, "made up"):
        with pytest.raises(SeatError):
            store.key_role(lost)
    assert store.key_role(opened.keys["coach"])[1] == "coach"
    with store._db.read() as connection:
        kept = [str(row) for table in (schema.keys, schema.seats) for row in connection.execute(table.select())]
    assert not any(secret in row for row in kept)


def test_a_browser_may_be_a_member_here_and_a_facilitator_there(store: Store, opened: Opened) -> None:
    one, two = opened.sessions
    member = store.take_seat("phone", one.id, "member", store.roster(one.id)[0].id)
    host = store.take_seat("phone", two.id, "facilitator")
    assert store.seats_of("phone") == (member, host)
    assert store.seat("phone", two.id, "facilitator") == host
    assert store.seat("phone", two.id, "member") is None
    assert (member.member_key, host.member_key, host.meeting_id) == ("M1", "", opened.meeting.id)


def test_taking_ones_own_seat_again_gives_the_same_seat(store: Store, opened: Opened) -> None:
    assert sit(store, opened, 0) == sit(store, opened, 0)


def test_a_name_with_a_seat_is_not_given_to_another_browser(store: Store, opened: Opened) -> None:
    seat = sit(store, opened, 0)
    assert store.member_is_seated(seat.member_id or 0, seat.session_id)
    with pytest.raises(SeatError, match="already has a seat"):
        store.take_seat("stranger", seat.session_id, "member", seat.member_id)
    with pytest.raises(SeatError, match="under another name"):
        store.take_seat("browser-0-0", seat.session_id, "member", store.roster(seat.session_id)[1].id)
    with pytest.raises(RightError, match="not on the team's list"):
        store.take_seat("stranger", opened.sessions[1].id, "member", seat.member_id)


def test_not_ana_frees_browser_and_name_and_the_old_seat_saves_no_more(store: Store, opened: Opened) -> None:
    seat = sit(store, opened, 2)
    store.release_seat(seat)
    assert store.seats_of("browser-0-2") == ()
    with pytest.raises(SeatError, match="was given up"):
        store.record(seat, Entry("think", 1, "k", {"seen": "x"}), yes)
    assert (
        store.take_seat("browser-0-2", seat.session_id, "member", store.roster(seat.session_id)[3].id).member_key
        == "M4"
    )


def test_a_return_link_opens_on_another_phone_any_number_of_times(store: Store, opened: Opened) -> None:
    seat = sit(store, opened, 0)
    link = store.make_token(seat, "return")
    store.release_seat(seat)
    laptop = store.redeem(link, "return", browser="laptop")
    tablet = store.redeem(link, "return", browser="tablet")
    assert (laptop.member_id, tablet.member_id) == (seat.member_id, seat.member_id)
    assert len({laptop.id, tablet.id, seat.id}) == 3


def test_a_look_at_a_link_says_whose_it_is_and_leaves_it_unused(store: Store, opened: Opened) -> None:
    seat = sit(store, opened, 2)
    grant, link = store.make_token(seat, "grant"), store.make_token(seat, "return")
    assert [store.peek(grant, "grant"), store.peek(grant, "grant"), store.peek(link, "return")] == [seat] * 3
    with store._db.read() as connection:
        assert connection.execute(select(schema.tokens.c.used_at)).scalars().all() == [None, None]
    store.redeem(grant, "grant")
    for secret, kind in ((grant, "grant"), (link, "grant"), ("made up", "return")):
        with pytest.raises(SeatError):
            store.peek(secret, kind)  # type: ignore[arg-type]


def test_a_grant_works_once_and_for_two_minutes(store: Store, opened: Opened, clock: Ticking) -> None:
    seat = sit(store, opened, 0)
    grant, late = store.make_token(seat, "grant"), store.make_token(seat, "grant")
    assert store.redeem(grant, "grant") == seat
    with pytest.raises(SeatError, match="used already or is too old"):
        store.redeem(grant, "grant")
    with pytest.raises(SeatError):
        store.redeem(store.make_token(seat, "return"), "grant")
    clock.forward(seconds=121)
    with pytest.raises(SeatError):
        store.redeem(late, "grant")


def test_a_teammate_lets_a_knocking_browser_in(store: Store, opened: Opened, clock: Ticking) -> None:
    ana, ben = sit(store, opened, 2), sit(store, opened, 3)
    number = store.knock("new phone", ana.session_id, ana.member_id or 0)
    assert store.knock("new phone", ana.session_id, ana.member_id or 0) == number
    assert [(k.id, k.name) for k in store.knocks(ana.session_id)] == [(number, "Ana Fern")]
    with pytest.raises(RightError):
        store.admit(sit(store, opened, 0, session=1), number)
    let_in = store.admit(ben, number)
    assert store.seats_of("new phone") == (let_in,)
    assert let_in.member_id == ana.member_id
    assert store.knocks(ana.session_id) == ()
    with pytest.raises(SeatError, match="Nobody waits"):
        store.admit(ben, number)
    store.knock("third phone", ana.session_id, ana.member_id or 0)
    clock.forward(minutes=16)
    assert store.knocks(ana.session_id) == ()


def test_acts_need_a_seat_of_the_session_or_the_meetings_facilitator(store: Store, opened: Opened) -> None:
    one, two = opened.sessions
    member, host = sit(store, opened, 0), store.take_seat("wall", one.id, "facilitator")
    with pytest.raises(RightError, match="another team's session"):
        store.act(member, lambda *_: [NewAct("open", "think")], two.id)
    acts = store.act_everywhere(host, lambda *_: [NewAct("open", "think"), NewAct("pen", "think")], one.meeting_id)
    assert [[(a.seq, a.kind, a.seat_id) for a in here] for here in acts] == [
        [(1, "open", host.id), (2, "pen", host.id)],
        [(1, "open", host.id), (2, "pen", host.id)],
    ]
    assert store.revisions(two.id) == (2, 2)


def test_all_sessions_act_or_none(store: Store, opened: Opened) -> None:
    def judge(snapshot: Snapshot, _now: object) -> list[NewAct]:
        if snapshot.team.slug == "cedar":
            raise RightError("not here")
        return [NewAct("open", "think")]

    with pytest.raises(RightError):
        store.act_everywhere(None, judge, opened.meeting.id)
    assert [store.revisions(s.id) for s in opened.sessions] == [(0, 0), (0, 0)]


def test_an_excused_member_does_not_count_until_it_is_undone(store: Store, opened: Opened) -> None:
    session = opened.sessions[0].id
    (act,) = store.act(None, lambda *_: [NewAct("excuse", payload={"member": "M2"})], session)
    assert [m.key for m in store.snapshot(session).present()] == ["M1", "M3", "M4", "M5"]
    store.act(None, lambda *_: [NewAct("undo", undoes=act.seq)], session)
    assert len(store.snapshot(session).present()) == 5
    store.act(None, lambda *_: [NewAct("excuse", payload={"member": "M3"})], session)
    store.act(None, lambda *_: [NewAct("back", payload={"member": "M3"})], session)
    assert len(store.snapshot(session).present()) == 5


def test_a_small_team_can_say_that_answers_may_be_guessed(store: Store, opened: Opened, clock: Ticking) -> None:
    seat = sit(store, opened, 0, session=1)
    store.guess_ok(seat)
    assert [m.guess_ok_at for m in store.roster(seat.session_id)] == [clock.at, None]
    assert store.revisions(seat.session_id) == (1, 2)


def test_pages_look_again_when_somebody_comes_knocks_or_is_let_in(store: Store, opened: Opened) -> None:
    session = opened.sessions[1].id
    ida, _ = (m.id for m in store.roster(session))
    seen = []
    seat = store.take_seat("phone", session, "member", ida)
    seen.append(store.revisions(session))
    store.take_seat("phone", session, "member", ida)
    seen.append(store.revisions(session))
    knock = store.knock("laptop", session, ida)
    store.knock("laptop", session, ida)
    seen.append(store.revisions(session))
    store.admit(seat, knock)
    seen.append(store.revisions(session))
    assert seen == [(0, 1), (0, 1), (0, 2), (0, 3)]
