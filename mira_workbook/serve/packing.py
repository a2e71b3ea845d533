"""Putting the code that pages run next to each other in memory, apart from all that they never run.

Python counts who holds a piece of code in the code itself, so each call writes to its page of memory, and a forked
kernel keeps a copy of that page for itself from then on. A page runs one of twelve functions that are there. Where
they were imported each takes a page of memory with it; side by side they take a tenth.
"""

import gc
from collections.abc import Collection
from types import CodeType, FunctionType

_left: list[CodeType] = []
"""Code that copies took the place of, kept for good: let go, it would leave gaps between what all kernels share."""


def pack(ran: Collection[int]) -> int:
    """Give functions copies of their code that lie together, where `gaps.fill_gaps` has left no room elsewhere.

    Args:
        ran: `id` of each code object to copy; see `trial.code_run_by`.

    Returns:
        How many functions have got one.
    """
    packing = _Packing(ran)
    functions = [one for one in gc.get_objects() if type(one) is FunctionType]
    packed = 0
    for function in functions:
        code = packing.copy(function.__code__)
        if code is not function.__code__:
            function.__code__ = code
            packed += 1
    _left.extend(packing.left)
    return packed


class _Packing:
    """The copies made so far."""

    def __init__(self, ran: Collection[int]) -> None:
        self._ran = ran
        self._copies: dict[int, CodeType] = {}
        self.left: list[CodeType] = []

    def copy(self, code: CodeType) -> CodeType:
        """The copy of code that ran, in it copies of the functions it makes; of other code, the code itself."""
        if id(code) not in self._ran:
            return code
        if id(code) not in self._copies:
            inner = tuple(self.copy(one) if isinstance(one, CodeType) else one for one in code.co_consts)
            self._copies[id(code)] = code.replace(co_consts=inner)
            self.left.append(code)
        return self._copies[id(code)]
