"""Settings come from the environment, once, and say what is wrong with them."""

from pathlib import Path

import pytest

from dashboard.settings import read_settings
from pipelines.errors import OutcomesError


def test_without_an_environment_the_defaults_hold():
    settings = read_settings({})
    assert settings.audience == "director"
    assert settings.store.parts[-2:] == ("data", "warehouse")


def test_the_environment_names_folder_audience_and_limits(tmp_path):
    environment = {
        "OUTCOMES_STORE": str(tmp_path),
        "OUTCOMES_AUDIENCE": "board",
        "OUTCOMES_MEMORY_LIMIT": "512MB",
        "OUTCOMES_THREADS": "1",
        "OUTCOMES_MAX_SECONDS": "5",
    }
    settings = read_settings(environment)
    assert (settings.store, settings.audience) == (Path(tmp_path), "board")
    assert (settings.memory_limit, settings.threads, settings.max_execution_seconds) == ("512MB", 1, 5)


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("OUTCOMES_AUDIENCE", "funders", 'no audience "funders".*"funder"'),
        ("OUTCOMES_THREADS", "many", "not a whole number"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(name, value, message):
    with pytest.raises(OutcomesError, match=message):
        read_settings({name: value})
