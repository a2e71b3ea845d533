import pytest
from hypothesis import given
from hypothesis import strategies as st

from mira_workbook.measures.release import (
    Released,
    Task,
    absorbed_by_other_staff,
    gross,
    hours_a_year,
    net_by_group,
    release,
    share_without_expertise,
)

TASKS = [
    Task("M1", 60, 40, "other_staff"),
    Task("M1", 150, needs_my_expertise="partly"),
    Task("M2", 45),
    Task("M2", 90, 90, "other_staff"),
    Task("M3", 45),
    Task("M3", 50, 0, "volunteer"),
    Task("M4", 45),
    Task("M4", 60, 60, "other_staff"),
    Task("M5", 50, needs_my_expertise="partly"),
    Task("M6", 150, 60, "M2"),
    Task("M6", 90, 45, "other_staff", needs_my_expertise="partly"),
    Task("M7", 100),
    Task("M7", 100),
    Task("M8", 60, 40, "other_staff"),
    Task("M8", 60, 60, "other_staff"),
]
NET: dict[str, float] = {"M1": 210, "M2": 75, "M3": 95, "M4": 105, "M5": 50, "M6": 240, "M7": 200, "M8": 120}
GROUPS = {
    "M1": "administrator",
    "M2": "administrator",
    "M3": "teacher",
    "M4": "teacher",
    "M5": "teacher",
    "M6": "support",
    "M7": "support",
    "M8": "support",
}


def test_the_demo_team_lets_go_1155_minutes_a_week_before_anyone_takes_some_on() -> None:
    first_list = [Task(task.member, task.released) for task in TASKS]
    found = release(first_list)

    assert gross(first_list) == 1155
    assert found is not None
    assert (found.released, found.absorbed, found.net) == (1155, 0, 1155)


def test_the_demo_team_keeps_760_of_them() -> None:
    assert release(TASKS) == Released(released=1155, absorbed=395, net=760, by_member=NET)
    assert absorbed_by_other_staff(TASKS) == 335


def test_the_demo_minutes_by_group_in_a_year_and_without_expertise() -> None:
    assert net_by_group(NET, GROUPS) == {"administrator": 285, "teacher": 250, "support": 560}
    assert hours_a_year(760) == 456.0
    assert share_without_expertise(TASKS) == pytest.approx(0.749, abs=0.001)


def test_what_a_volunteer_or_a_machine_takes_on_costs_no_staff_minutes() -> None:
    tasks = [Task("M1", 60, 30, "volunteer"), Task("M1", 60, 30, "technology"), Task("M1", 60, 30)]

    assert release(tasks) == Released(180, 0, 180, {"M1": 180})


def test_who_only_takes_on_is_below_0_and_has_no_group_unless_told() -> None:
    found = release([Task("M1", 60, 45, "M2")])

    assert found == Released(60, 45, 15, {"M1": 60, "M2": -45})
    assert net_by_group(found.by_member, {"M1": "teacher"}) == {"teacher": 60}
    assert net_by_group({}, {"M1": "teacher"}) == {"teacher": 0}


def test_nothing_on_the_list_is_no_number() -> None:
    assert release([]) is None
    assert gross([]) == 0
    assert share_without_expertise([]) is None
    assert share_without_expertise([Task("M1", 0)]) is None


def test_a_year_has_the_weeks_the_team_says() -> None:
    assert (hours_a_year(60, 40), hours_a_year(0), hours_a_year(-30, 36)) == (40.0, 0.0, -18.0)


receivers = st.sampled_from(["M1", "M2", "M3", "other_staff", "nobody", "volunteer"])
tasks_made = st.builds(Task, st.sampled_from(["M1", "M2", "M3"]), st.integers(0, 1200), st.integers(0, 1200), receivers)


@given(st.lists(tasks_made, min_size=1, max_size=15))
def test_members_net_minutes_add_up_to_the_net_before_other_staff(tasks: list[Task]) -> None:
    found = release(tasks)

    assert found is not None
    assert sum(found.by_member.values()) == found.net + absorbed_by_other_staff(tasks)
