"""The command that opens the workbooks in JupyterLab, with settings that hold for this run only."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Annotated

import typer

from mira_workbook import settings
from mira_workbook.cli.sessions import ready
from mira_workbook.notebook import copies

OVERRIDES = {
    "@jupyterlab/notebook-extension:tracker": {
        # A cell out of view would else be taken off the page, and the form in it with what is being typed.
        "windowingMode": "none",
        "showEditorForReadOnlyMarkdown": False,
        "kernelShutdown": True,
        "scrollPastEnd": False,
    },
    # Callbacks also work in threads; without them, one thing happens after the other.
    "@jupyterlab/apputils-extension:kernels-settings": {"commsOverSubshells": "disabled"},
    # Nobody asked for news from the network, nor for the question whether they want it.
    "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False},
}

# JupyterLab leaves a bar to expand where it hides code; View → Expand All Code shows the code all the same.
NO_BARS = ".jp-Notebook .jp-Cell-inputWrapper:has(> .jp-InputPlaceholder:not(.lm-mod-hidden)) { display: none; }\n"


def lab(
    port: Annotated[int, typer.Option(help="Port to listen on; the next free one if it is taken.")] = 8888,
    *,
    browser: Annotated[bool, typer.Option(help="Open a browser window.")] = True,
    edit: Annotated[bool, typer.Option("--edit", help="Open the workbooks' own files, to change them.")] = False,
) -> None:
    """Open the workbooks in JupyterLab, in copies of your own."""
    shipped, own = settings.shipped("workbooks"), settings.home() / "notebooks"
    ready().close()
    if not edit:
        for sentence in copies.refresh(shipped, own):
            typer.echo(sentence)
    folder = shipped if edit else own
    typer.echo(f"The workbooks lie in {folder}. Ctrl-C ends JupyterLab.")
    with tempfile.TemporaryDirectory(prefix="mira-lab-") as made:
        raise typer.Exit(_run(_command(folder, Path(made), port, browser=browser, bars=edit)))


def _command(folder: Path, made: Path, port: int, *, browser: bool, bars: bool) -> list[str]:
    """The command line of JupyterLab; settings for this run lie in the folder `made`.

    With `bars` hidden code can be expanded where it stands, as whoever changes a workbook needs it.
    """
    (made / "workspaces").mkdir()
    values = {
        "ServerApp.port": port,
        "ServerApp.root_dir": folder,
        "ServerApp.answer_yes": True,  # Ctrl-C ends it without a question
        "Application.log_level": "WARN",
        "ContentsManager.pre_save_hook": f"{copies.__name__}.without_outputs",
        "LabApp.app_settings_dir": _settings(made / "settings"),
        "LabApp.workspaces_dir": made / "workspaces",
    }
    # Where a style sheet of one's own lies is no option of the server, but its web application's settings are.
    sheet = {} if bars else {"LabApp.custom_css": True, "ServerApp.tornado_settings": _css(made / "custom")}
    command = [
        sys.executable,
        "-W",
        "ignore::DeprecationWarning",
        "-m",
        "jupyterlab",
        *(f"--{name}={value}" for name, value in (values | sheet).items()),
    ]
    command += [] if browser else ["--no-browser"]
    return command + (["--allow-root"] if hasattr(os, "geteuid") and os.geteuid() == 0 else [])


def _css(folder: Path) -> str:
    """The setting of the web application that names a folder with the style sheet for JupyterLab's page."""
    folder.mkdir()
    (folder / "custom.css").write_text(NO_BARS, "utf-8")
    return f"static_custom_path={folder}"


def _settings(folder: Path) -> Path:
    """The environment's settings of JupyterLab with ours below them: whoever set something there meant it."""
    from jupyterlab.commands import (  # type: ignore[import-untyped]  # noqa: PLC0415 - heavy, and only needed here
        get_app_dir,
    )

    theirs = Path(get_app_dir()) / "settings"
    if theirs.is_dir():
        shutil.copytree(theirs, folder)
    below = folder / "overrides.d"
    below.mkdir(parents=True, exist_ok=True)
    (below / "00-mira.json").write_text(json.dumps(OVERRIDES), "utf-8")
    return folder


def _run(command: list[str]) -> int:
    """Run JupyterLab until it ends; signals that end us end it."""
    # Kernels start in the folder of their notebook, where a relative path would lead elsewhere.
    known = os.environ | {
        "MIRA_HOME": str(settings.home().resolve()),
        "MIRA_WORKBOOKS": str(settings.shipped("workbooks").resolve()),
    }
    process = subprocess.Popen(command, env=known)  # noqa: S603 - our own interpreter and folder
    signal.signal(signal.SIGTERM, lambda *_: process.terminate())
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:
            continue  # JupyterLab heard it too, and ends in its own time
