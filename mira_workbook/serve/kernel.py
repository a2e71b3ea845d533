"""A kernel's first lines, run as `python -m mira_workbook.serve.kernel -f FILE`: a page's kernel without debugger."""

import sys
from pathlib import Path

PLAIN = ("--HistoryManager.enabled=False", "--IPKernelApp.capture_fd_output=False")
"""How the server orders a page's kernel: no file of what was typed, and what C code prints goes to the server's log."""

if __name__ == "__main__":
    # The notebook's folder must not shadow installed packages.
    if sys.path[0] == "" or Path(sys.path[0]) == Path.cwd():
        del sys.path[0]
    # ipykernel imports debugpy when it can: a hundred modules that no page of ours needs.
    sys.modules["debugpy"] = None  # type: ignore[assignment]

    from ipykernel.kernelapp import launch_new_instance

    from mira_workbook.serve.page_kernel import STREAM, PageKernel

    launch_new_instance(kernel_class=PageKernel, outstream_class=STREAM)
