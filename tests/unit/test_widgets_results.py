"""What a page shows once answers are on show."""

from hypothesis import given
from hypothesis import strategies as st

from mira_workbook.widgets.results import talks


@given(people=st.integers(2, 40))
def test_who_is_in_my_talk_has_me_in_theirs(people: int) -> None:
    ring = [f"M{i}" for i in range(1, people + 1)]
    for me in ring:
        for which, partners in enumerate(talks(ring, me)):
            assert 1 <= len(partners) <= 2
            for other in partners:
                assert me in talks(ring, other)[which]


def test_the_talks_of_four_go_round_the_ring() -> None:
    ring = ["A", "B", "C", "D"]
    assert [talks(ring, me) for me in ring] == [
        (("B",), ("D",)),
        (("A",), ("C",)),
        (("D",), ("B",)),
        (("C",), ("A",)),
    ]
