"""Every setting, in one table: name, default, what it does. Environment over default."""

import os
from functools import cache
from pathlib import Path

import platformdirs
from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError

from mira_workbook.errors import ConfigError

PACKAGE = Path(__file__).resolve().parent
CHECKOUT = PACKAGE.parent if (PACKAGE.parent / "pyproject.toml").is_file() else None
_PREFIX = "MIRA_"


class Settings(BaseModel):
    """What may be set from outside; each as an environment variable with the prefix `MIRA_`."""

    model_config = ConfigDict(frozen=True, extra="ignore", validate_default=True)

    home: Path | None = Field(None, description="folder for the store and its backups")
    database_url: SecretStr | None = Field(None, description="database address; SQLite in the home folder if not set")
    public_url: str = Field(
        "", description="address that phones reach, for links and codes; taken from the request if not set"
    )
    max_kernels: int = Field(220, ge=1, description="pages open at once before the busy page answers")
    ready_kernels: int = Field(
        32, ge=0, description="kernels kept ready for the next pages, where the system can fork; one room’s worth"
    )
    start_slots: int = Field(4, ge=1, description="kernels started at the same time")
    cull_minutes: int = Field(30, ge=1, description="minutes without a connection before a page's kernel ends")
    keep_days: int = Field(
        0, ge=0, description="days after its end in which a meeting is kept, then it is forgotten; 0 keeps everything"
    )
    workbooks: Path | None = Field(
        None, description="folder with workbook files; the checkout's or the installed ones if not set"
    )


@cache
def settings() -> Settings:
    """Read the settings once.

    Raises:
        ConfigError: a variable holds a value that does not fit; the text names it and quotes the value.
    """
    try:
        return Settings.model_validate(_told())
    except ValidationError as error:
        first = error.errors()[0]
        name = _PREFIX + str(first["loc"][0]).upper()
        raise ConfigError(f"{name} is {first['input']!r}: {first['msg']}. Mend it or unset it.") from error


def _told() -> dict[str, str]:
    """What the environment says, by field; names in capitals or not."""
    names = [name for name in os.environ if name.upper().startswith(_PREFIX)]
    return {name[len(_PREFIX) :].lower(): os.environ[name] for name in names}


def home() -> Path:
    """Say where the store lives: `MIRA_HOME`, a checkout's `data/local`, else the person's data folder."""
    chosen = settings().home
    if chosen is None:
        chosen = CHECKOUT / "data" / "local" if CHECKOUT else Path(platformdirs.user_data_dir("mira_workbook"))
    chosen.mkdir(parents=True, exist_ok=True)
    return chosen


def database_url() -> str:
    """Give the store's address: `MIRA_DATABASE_URL`, else a SQLite file in the home folder."""
    chosen = settings().database_url
    return chosen.get_secret_value() if chosen else f"sqlite:///{home() / 'mira.sqlite'}"


def shipped(folder: str) -> Path:
    """Find `workbooks` or `data`: a checkout's own folder wins over the installed copy."""
    if folder == "workbooks" and settings().workbooks:
        return Path(str(settings().workbooks))
    return CHECKOUT / folder if CHECKOUT else PACKAGE / "shipped" / folder
