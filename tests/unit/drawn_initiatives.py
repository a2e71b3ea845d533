"""Initiatives drawn by chance, as tests of laws need them."""

from hypothesis import strategies as st

from mira_workbook.measures.initiatives import Initiative

KINDS = ("grow", "keep", "reshape", "release", "need_info")

money = st.integers(0, 100_000)
posts = st.integers(0, 40).map(lambda n: n / 20)
week = st.integers(0, 1000).map(lambda n: n * 5)
ratings = st.lists(st.integers(0, 3), max_size=8).map(tuple)


def initiatives(row: int) -> st.SearchStrategy[Initiative]:
    """Any row, also one that is only half filled."""
    return st.builds(
        Initiative,
        id=st.just(f"I{row:02}"),
        fund=st.sampled_from(["general", "title_i", "esser", ""]),
        flexible=st.sampled_from(["yes", "within_plan", "no", "ask", ""]),
        usd=money,
        fte=posts,
        minutes=week,
        ends=st.booleans(),
        ratings=ratings,
        dk=st.integers(0, 3),
        decision=st.sampled_from([*KINDS, ""]),
        planned_usd=st.none() | money,
        planned_fte=st.none() | posts,
        planned_min=st.none() | week,
        minutes_stay=st.sampled_from(["stay", "go", ""]),
    )


lists = st.integers(0, 8).flatmap(lambda n: st.tuples(*(initiatives(row) for row in range(1, n + 1))))
