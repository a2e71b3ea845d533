import pytest

from mira_workbook.measures.coverage import answered, completion


def test_shares_of_what_was_asked() -> None:
    assert (answered(5, 8), answered(0, 8), answered(8, 8), answered(0, 0)) == (0.625, 0.0, 1.0, None)
    assert (completion(3, 4), completion(0, 0)) == (0.75, None)
    with pytest.raises(ValueError, match=r"Got 9 of 8\."):
        answered(9, 8)
