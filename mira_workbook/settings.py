"""Every setting, in one table: name, default, what it does. Environment over default."""

import os
from functools import cache
from pathlib import Path

import platformdirs
from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from mira_workbook.errors import ConfigError

PACKAGE = Path(__file__).resolve().parent
CHECKOUT = PACKAGE.parent if (PACKAGE.parent / "pyproject.toml").is_file() else None


class Settings(BaseSettings):
    """What may be set from outside; each as an environment variable with the prefix `MIRA_`."""

    model_config = SettingsConfigDict(env_prefix="MIRA_", frozen=True, extra="ignore")

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


_NAMES = tuple(f"MIRA_{name}".upper() for name in Settings.model_fields)


def settings() -> Settings:
    """Say the settings as the environment holds them; read once for all that it says.

    Raises:
        ConfigError: a variable holds a value that does not fit; the text names it and quotes the value.
    """
    return _read(tuple(map(os.environ.get, _NAMES)))


@cache
def _read(_said: tuple[str | None, ...]) -> Settings:
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = "MIRA_" + str(first["loc"][0]).upper()
        raise ConfigError(f"{name} is {first['input']!r}: {first['msg']}. Mend it or unset it.") from error


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
