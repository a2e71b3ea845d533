"""What JupyterLab is started with."""

import json
from pathlib import Path

import pytest
from jupyterlab_server.settings_utils import _get_overrides

from mira_workbook.cli.lab import NO_BARS, _command


def given(tmp_path: Path, *, browser: bool = False, bars: bool = False) -> dict[str, str]:
    """The settings of the command line by name."""
    made = tmp_path / "made"
    made.mkdir()
    command = _command(tmp_path / "notebooks", made, 8901, browser=browser, bars=bars)
    return dict(word[2:].split("=", 1) for word in command if "=" in word) | {"words": " ".join(command)}


def test_the_settings_hold_for_this_run_and_lie_below_those_of_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs = tmp_path / "lab" / "settings"
    theirs.mkdir(parents=True)
    tracker = "@jupyterlab/notebook-extension:tracker"
    (theirs / "overrides.json").write_text(json.dumps({tracker: {"windowingMode": "full"}}))
    monkeypatch.setenv("JUPYTERLAB_DIR", str(tmp_path / "lab"))

    found, problem = _get_overrides(given(tmp_path)["LabApp.app_settings_dir"])
    assert problem == ""
    assert found[tracker]["windowingMode"] == "full"
    assert found[tracker]["showEditorForReadOnlyMarkdown"] is False
    assert found["@jupyterlab/apputils-extension:kernels-settings"] == {"commsOverSubshells": "disabled"}
    assert json.loads((theirs / "overrides.json").read_text()) == {tracker: {"windowingMode": "full"}}


@pytest.mark.parametrize("browser", [True, False])
def test_the_folder_the_port_and_the_window_are_as_asked(tmp_path: Path, *, browser: bool) -> None:
    found = given(tmp_path, browser=browser)
    assert (found["ServerApp.root_dir"], found["ServerApp.port"]) == (str(tmp_path / "notebooks"), "8901")
    assert ("--no-browser" not in found["words"]) == browser


def test_bars_of_hidden_code_are_left_out_but_for_whoever_changes_the_workbooks(tmp_path: Path) -> None:
    found = given(tmp_path)
    assert found["LabApp.custom_css"] == "True"
    name, _, folder = found["ServerApp.tornado_settings"].partition("=")
    assert name == "static_custom_path"
    assert (Path(folder) / "custom.css").read_text() == NO_BARS
    (tmp_path / "edit").mkdir()
    assert "custom" not in given(tmp_path / "edit", bars=True)["words"]
