"""From the demo team's answers to the input of each picture: exact numbers, nothing early, no name too many."""

from dataclasses import replace
from typing import Any

import pytest
from charts_demo import BEFORE, BY_POINTS, FAMILY, MATH, NAMES, SENTENCE
from export_cases import answer, demo

from mira_workbook.charts import Look, Named
from mira_workbook.charts.arrows import Arrow, Arrows
from mira_workbook.charts.card_wall import Card
from mira_workbook.charts.hands import Hands
from mira_workbook.charts.heat import Heat
from mira_workbook.charts.points import Points, PointsRow
from mira_workbook.charts.read import READS, Read, charts
from mira_workbook.charts.rings import Rings
from mira_workbook.charts.share_bar import ShareBar
from mira_workbook.charts.slope import Slope, SlopeRow
from mira_workbook.charts.spokes import Spoke
from mira_workbook.charts.stacked import Stacked, TierCounts
from mira_workbook.content.chart_args import CHARTS
from mira_workbook.records import Act, Snapshot
from mira_workbook.rules.sight import Viewer
from mira_workbook.rules.stage import fold

DANA = Viewer("member", "M1")
WALL = Viewer("viewer")
FACILITATOR = Viewer("facilitator")
STEPS = [step.key for step in demo().workbook.steps]


def read(now: Snapshot, step: str, viewer: Viewer = DANA) -> list[Read]:
    return charts(now, fold(now.acts, now.workbook), viewer, step)


def data(step: str, name: str, now: Snapshot | None = None, viewer: Viewer = DANA) -> Any:
    (found,) = [one.data for one in read(now or demo(), step, viewer) if one.name == name]
    return found


def acted(now: Snapshot, kind: str, step: str, round_: int = 1) -> Snapshot:
    return replace(now, acts=(*now.acts, Act(900 + len(now.acts), now.acts[-1].at, kind, step, round_)))


def played(step: str) -> Snapshot:
    """The demo team when this step has just been shown."""
    return demo(steps=STEPS.index(step) + 1)


def unshown(step: str) -> Snapshot:
    """The demo team with this step open, all in, and nothing of it shown."""
    now = played(step)
    return replace(now, acts=tuple(a for a in now.acts if a.kind == "open" or (a.step != step and a.kind != "end")))


def test_every_picture_a_workbook_may_name_is_read() -> None:
    assert set(READS) == set(CHARTS)


def test_places_are_counted_candidate_by_candidate() -> None:
    counts = ((3, 5, 0), (1, 2, 5), (1, 6, 1), (2, 4, 2), (0, 2, 6), (0, 1, 7), (1, 3, 4))
    assert data("sort", "stacked") == Stacked(
        "5 different first picks. Pick any two of us: about 1 time in 7 they chose the same.",
        tuple(TierCounts(name, row) for name, row in zip(NAMES, counts, strict=True)),
        ("Priority", "Focus", "Watch"),
    )


def test_points_stand_with_the_most_first() -> None:
    points = (45, 35, 29, 25, 16, 11, 7)
    order = (0, 2, 3, 1, 6, 4, 5)
    assert data("rank", "points") == Points(
        "Early reading, grades 1-3 leads with 45 points.",
        tuple(PointsRow(NAMES[i], n) for i, n in zip(order, points, strict=True)),
    )


def test_each_against_each_stands_in_the_order_of_points() -> None:
    names = tuple(NAMES[i] for i in BY_POINTS)
    assert data("rank", "heat") == Heat("It beats every other candidate head to head.", names, BEFORE, 8, 0)


def test_before_and_after_show_those_that_anybody_put_first() -> None:
    turn = ((0, 3, 5), (1, 1, 1), (2, 1, 1), (3, 2, 1), (6, 1, 0))
    assert data("rank", "slope") == Slope(
        "We came closer: from about 1 time in 7 to about 1 time in 3.",
        tuple(SlopeRow(NAMES[i], before, after) for i, before, after in turn),
    )


def test_what_helps_what_is_counted_from_candidate_to_candidate() -> None:
    told = ((0, 3, 5), (0, 4, 5), (0, 6, 1), (1, 0, 1), (2, 0, 2), (2, 3, 1), (3, 0, 2), (6, 0, 2), (6, 2, 1))
    assert data("rank", "arrows") == Arrows("", NAMES, tuple(Arrow(*one) for one in told))


def test_hands_are_those_of_the_round() -> None:
    levels = (
        "I would block it",
        "I have big worries",
        "I have worries",
        "I can live with it and will help",
        "I am for it",
        "I will help lead it",
    )
    assert data("consent", "hands") == Hands("Everyone is at 3 or above.", (0, 0, 0, 1, 2, 5), levels)
    first = replace(demo(), acts=tuple(a for a in demo().acts if a.round == 1))
    one = "One hand is at 2. Let us hear the worry, then change the wording."
    assert data("consent", "hands", first) == Hands(one, (0, 0, 1, 1, 2, 4), levels)


def test_how_near_we_were_is_a_share_of_all_ratings() -> None:
    said = "We read each other's priorities right about half of the way. What surprised you?"
    assert data("role_reveal", "share_bar") == ShareBar(said, 0.53125, "53%")


def test_what_keeps_its_place_stands_around_the_sentence() -> None:
    focus, watch = (NAMES[2], NAMES[3], NAMES[6]), (NAMES[1], Named(MATH, 5), Named(FAMILY, 6))
    assert data("park", "rings") == Rings("", SENTENCE, focus, watch)


def test_what_each_adds_stands_around_the_sentence_with_names() -> None:
    spokes = data("contribute_release", "spokes")
    assert (spokes.sentence, spokes.centre) == ("Together we let go 1,155 minutes a week.", SENTENCE)
    assert len(spokes.rows) == 8
    assert spokes.rows[2] == Spoke("Rosa Delgado", "I will share what grade 4 needs readers to bring")


def test_pictures_stand_around_the_sentence_as_it_was_changed() -> None:
    changed = "More of our students can decode, and no teacher carries more for it"
    now = replace(demo(), responses=(*demo().responses, answer("adjust", "sentence", "TEAM", changed)))
    assert data("park", "rings", now).centre == changed
    assert data("contribute_release", "spokes", now).centre == changed


def test_roles_stand_on_the_wall_of_cards_with_names_and_reasons() -> None:
    wall = data("role_reveal", "card_wall")
    assert wall.asked == ("In my role, the one thing to put first is", "Because")
    assert len(wall.cards) == 8
    assert wall.cards[7] == Card("Grace Yoon", "Know by Tuesday who was out on Monday", "Late news means late help")


def signed(how: str) -> Snapshot:
    """The demo team, had the workbook signed role priorities this way."""
    now = demo()
    book = now.workbook
    steps = tuple(s.model_copy(update={"attribution": how}) if s.key == "role_priority" else s for s in book.steps)
    return replace(now, workbook=book.model_copy(update={"steps": steps}))


PARTNERS = {f"p{i:02d}" for i in range(1, 9)}


@pytest.mark.parametrize(
    ("how", "viewer", "called"),
    [
        ("none", Viewer("facilitator"), PARTNERS),
        ("none", Viewer("coach"), PARTNERS),
        ("facilitator_only", Viewer("coach"), PARTNERS),
        ("anonymous", Viewer("facilitator"), {f"anon_{i:02d}" for i in range(1, 9)}),
    ],
)
def test_cards_bear_no_name_where_none_was_promised(how: str, viewer: Viewer, called: set[str]) -> None:
    assert {card.who for card in data("role_reveal", "card_wall", signed(how), viewer).cards} == called


def test_cards_bear_a_role_where_a_role_was_promised() -> None:
    called = {
        card.who.rstrip(" 12345678") for card in data("role_reveal", "card_wall", signed("role"), FACILITATOR).cards
    }
    assert called == {"school leader", "teacher", "support staff"}


@pytest.mark.parametrize("how", ["none", "role", "facilitator_only"])
def test_a_member_finds_ones_own_name_and_no_other(how: str) -> None:
    names = {m.name for m in demo().members}
    cards = data("role_reveal", "card_wall", signed(how)).cards
    assert [c.text for c in cards if c.who in names] == ["Keep classroom time clear of interruptions I cause"]
    assert next(c.who for c in cards if c.who in names) == "Dana Whitfield"


def test_a_picture_hangs_on_the_wall_so_it_names_nobody_whom_only_the_facilitator_may_know() -> None:
    cards = data("role_reveal", "card_wall", signed("facilitator_only"), Viewer("facilitator")).cards
    assert {c.who for c in cards} == PARTNERS


def test_people_from_outside_see_numbers_and_no_ones_words() -> None:
    every = {step: [one.name for one in read(demo(), step, WALL)] for step in STEPS}
    assert {step: names for step, names in every.items() if names} == {
        "role_reveal": ["share_bar"],
        "sort": ["stacked"],
        "rank": ["points", "heat", "slope"],
        "consent": ["hands"],
    }
    assert data("consent", "hands", viewer=WALL).counts == (0, 0, 0, 1, 2, 5)
    assert {row.name.label for row in data("rank", "points", viewer=WALL).rows} == {f"C{n}" for n in range(1, 8)}


def test_people_from_outside_see_no_numbers_of_two_people() -> None:
    now = demo()
    two = replace(now, responses=tuple(r for r in now.responses if r.step != "consent" or r.author in {"M1", "M2"}))
    assert read(two, "consent", WALL) == []
    assert [one.name for one in read(two, "consent")] == ["hands"]


@pytest.mark.parametrize("step", ["role_reveal", "sort", "rank", "consent", "contribute_release"])
def test_nothing_is_drawn_before_answers_are_shown(step: str) -> None:
    assert read(unshown(step), step) == []
    assert read(acted(played(step), "hide", step, 2 if step == "consent" else 1), step) == []


def test_what_a_team_writes_is_drawn_once_it_is_done() -> None:
    now = unshown("park")
    assert read(now, "park") == []
    assert [one.name for one in read(acted(now, "done", "park"), "park")] == ["rings"]
    assert [one.name for one in read(acted(now, "end", ""), "park")] == ["rings"]


def test_a_second_round_hides_the_hands_of_the_first_until_its_own_are_shown() -> None:
    again = replace(
        demo(), acts=tuple(a for a in demo().acts if (a.kind, a.round) != ("reveal", 2) and a.kind != "end")
    )
    assert read(again, "consent") == []


def test_a_late_hand_is_not_drawn() -> None:
    late = answer("consent", "fist", "M9", 0, round=2, late=True)
    now = replace(demo(), responses=(*demo().responses, late))
    assert data("consent", "hands", now).counts == (0, 0, 0, 1, 2, 5)


def test_two_orders_draw_no_points_and_no_pairs() -> None:
    kept = [r for r in demo().responses if r.step != "rank" or r.author in {"M1", "M2"}]
    now = replace(demo(), responses=tuple(kept))
    assert data("rank", "points", now) == Points("", ())
    assert data("rank", "heat", now) == Heat("", (), (), 2)


def test_a_tenth_candidate_has_no_colour_of_its_own() -> None:
    now = demo()
    rows = [["C" + str(i), f"Idea {i}"] for i in range(1, 11)]
    pinned = Act(990, now.acts[-1].at, "reveal", "sort", 1, {"lists": {"candidates": rows}})
    names = [row.name for row in data("sort", "stacked", replace(now, acts=(*now.acts, pinned))).rows]
    assert [name.color for name in names] == [1, 2, 3, 4, 5, 6, 7, 8, 9, 0]


def test_a_picture_is_kept_under_all_it_is_made_from() -> None:
    first, second = read(demo(), "rank")[:2]
    look = Look("phone")
    assert first.key(look) == read(demo(), "rank")[0].key(look)
    assert len({first.key(look), second.key(look), first.key(Look("wall"))}) == 3
