"""Settings: where the store lies while tests run."""

from mira_workbook import settings


def test_no_test_finds_the_store_of_this_checkout() -> None:
    assert settings.CHECKOUT
    assert settings.CHECKOUT not in settings.home().parents
    assert settings.database_url() == f"sqlite:///{settings.home() / 'mira.sqlite'}"
