"""What a machine may lack: tests that need it are left out at home, and fail where everything has to be there."""

import os
from typing import NoReturn

import pytest


def leave_out(what: str, install: str) -> NoReturn:
    """Leave a test out for want of something; with `CI` set, fail it: there nothing may be left out unseen.

    Args:
        what: what is not there.
        install: what brings it.
    """
    said = f"{what} is not here ({install})"
    if os.environ.get("CI"):
        pytest.fail(said)
    pytest.skip(said)
