"""What a page's kernel says of each message: one word for a sign of life, and nothing printed is lost."""

from collections.abc import Iterator
from typing import Any

import pytest
from jupyter_client.blocking.client import BlockingKernelClient
from kernels import FORKED, STARTED, answer_to, kernel_by

from mira_workbook.serve import cells
from mira_workbook.widgets.signs import HERE

PAGE = """
import ipywidgets
widget = ipywidgets.IntSlider()
widget.on_msg(lambda _widget, told, _buffers: print("heard", told["field"]) if told.get("aloud") else None)
widget.model_id
"""


@pytest.fixture(scope="module", params=[FORKED, STARTED])
def client(request: pytest.FixtureRequest) -> Iterator[BlockingKernelClient]:
    """Who speaks with one kernel, which is forked or started."""
    with kernel_by(request.param) as found:
        yield found


@pytest.fixture(scope="module")
def widget(client: BlockingKernelClient) -> str:
    """A widget that says aloud what it hears, when it is asked to."""
    found = answer_to(client, cells.REQUEST, {"told": {}, "sources": [PAGE]})["content"]
    assert found["fault"] == ""
    shown: str = found["cells"][0][-1]["data"]["text/plain"]
    return shown.strip("'")


def heard(client: BlockingKernelClient, kind: str, content: dict[str, Any]) -> list[str]:
    """All that a kernel says of a message until it is idle again: its states, and what was printed."""
    asked = client.session.msg(kind, content)
    client.shell_channel.send(asked)
    said: list[str] = []
    while "idle" not in said:
        one = client.get_iopub_msg(timeout=30)
        if one["parent_header"].get("msg_id") == asked["header"]["msg_id"]:
            said.append(one["content"].get("execution_state") or one["content"].get("text") or one["msg_type"])
    return said


def told(widget: str, **content: Any) -> dict[str, Any]:
    return {"comm_id": widget, "data": {"method": "custom", "content": content}}


def test_a_sign_of_life_is_answered_in_one_word(client: BlockingKernelClient, widget: str) -> None:
    assert heard(client, "comm_msg", told(widget, field=HERE, value="idle")) == ["idle"]


def test_any_other_word_of_a_page_is_told_to_be_worked_on(client: BlockingKernelClient, widget: str) -> None:
    assert heard(client, "comm_msg", told(widget, field="note", value="x")) == ["busy", "idle"]
    assert heard(client, "comm_msg", {"comm_id": widget, "data": {"method": "request_state"}})[::2] == ["busy", "idle"]


def test_what_is_printed_comes_before_the_kernel_is_idle_again(client: BlockingKernelClient, widget: str) -> None:
    for _ in range(3):
        assert heard(client, "comm_msg", told(widget, field="note", aloud=True)) == ["busy", "heard note\n", "idle"]
        assert heard(client, "comm_msg", told(widget, field=HERE)) == ["idle"]


@pytest.mark.parametrize("data", [None, [], "x", {"method": "custom", "content": None}, {"content": [HERE]}])
def test_a_message_of_another_shape_is_told_of_in_full(client: BlockingKernelClient, widget: str, data: Any) -> None:
    said = heard(client, "comm_msg", {"comm_id": widget, "data": data})
    assert (said[0], said[-1]) == ("busy", "idle")
    assert heard(client, "comm_msg", told(widget, field=HERE)) == ["idle"]


def test_a_message_that_is_no_widgets_is_told_of_in_full(client: BlockingKernelClient) -> None:
    assert heard(client, "kernel_info_request", {}) == ["busy", "idle"]
    assert heard(client, "comm_msg", {"comm_id": "nobody's", "data": {}})[0] == "busy"
