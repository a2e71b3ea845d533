"""The join bench where a server does not answer."""

import asyncio
import socket
import threading
from collections.abc import Callable, Iterator

import pytest

from mira_workbook.bench.join import again
from mira_workbook.bench.joining import Visitor
from mira_workbook.errors import StoreError

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5000\r\n\r\n"


@pytest.fixture
def falls_silent() -> Iterator[Callable[[bytes], str]]:
    """Begins a server that says something and then nothing more; gives its address."""
    listener = socket.create_server(("127.0.0.1", 0))
    open_ones: list[socket.socket] = []

    def begin(words: bytes) -> str:
        def answer() -> None:
            visitor, _ = listener.accept()
            open_ones.append(visitor)
            visitor.recv(65536)
            visitor.sendall(words)

        threading.Thread(target=answer, daemon=True).start()
        return f"http://127.0.0.1:{listener.getsockname()[1]}/"

    yield begin
    for one in (listener, *open_ones):
        one.close()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (b"", "No page came: Timeout during request."),
        (HEAD + b"<!DOCTYPE html>", "A page came no further than its head: Timeout during request."),
    ],
)
def test_a_page_that_does_not_come_is_not_waited_for_for_good(
    falls_silent: Callable[[bytes], str], words: bytes, told: str
) -> None:
    visitor = Visitor(falls_silent(words), patience=1)
    with pytest.raises(StoreError) as refused:
        asyncio.run(visitor.join())
    assert str(refused.value) == told


def test_stock_is_measured_once_more_where_a_page_of_it_never_came() -> None:
    left = ["No page came.", "No page came.", ""]
    told: list[str] = []

    def once() -> float:
        if fault := left.pop(0):
            raise StoreError(fault)
        return 20.5

    assert again(once, told.append) == 20.5
    assert told == ["stock: No page came. Once more."] * 2


def test_stock_that_never_answers_ends_the_bench() -> None:
    tries: list[int] = []

    def once() -> float:
        tries.append(1)
        raise StoreError("No page came.")

    with pytest.raises(StoreError, match="No page came"):
        again(once, lambda _line: None)
    assert len(tries) == 3
