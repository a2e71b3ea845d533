"""What is made after the gaps were filled lies together, not between what was there before."""

import subprocess
import sys

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="kernels are forked on Linux only")

PAGES = """
import sys
from mira_workbook.serve.gaps import fill_gaps

size, count = int(sys.argv[1]), 4_000
old = [bytes(size) for _ in range(20_000)]
old = old[::2]
if sys.argv[2] == "fill":
    assert 0 < fill_gaps() < 100_000_000
new = [bytes(size) for _ in range(count)]
touched = {page for one in new for page in range(id(one) >> 12, (id(one) + sys.getsizeof(one) - 1 >> 12) + 1)}
print(len(touched) * 4096 / sum(map(sys.getsizeof, new)))
"""


def pages_for(size: int, how: str) -> float:
    """Bytes of the pages that new objects touch, for each byte that they need."""
    ran = subprocess.run([sys.executable, "-c", PAGES, str(size), how], capture_output=True, text=True, check=True)
    return float(ran.stdout)


@pytest.mark.parametrize("size", [30, 200, 700, 3000])
def test_new_objects_share_no_page_with_old_ones_once_gaps_are_filled(size: int) -> None:
    assert pages_for(size, "leave") > 1.5
    assert pages_for(size, "fill") < 1.3
