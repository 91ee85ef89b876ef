"""How an installation plans its chapters' jobs: a closed list, spread by a stable hash (ST-1)."""

import pytest
from pydantic import ValidationError

from models.state.directory import ChapterDirectory
from models.state.engine import PLANNED, Engine, Job, deployment, job_named, spread

CHAPTER = {"name": "A", "register": "https://a.example.org", "folder": "../a"}


def directory(engine: dict[str, object], **more: object) -> ChapterDirectory:
    one = CHAPTER | {"key": "a", "towns": ("A",)} | more
    return ChapterDirectory.model_validate({"schema": 1, "chapters": (one,), "engine": engine})


def test_the_minute_of_a_chapter_never_moves() -> None:
    assert [spread(key, 60) for key in ("rivertown", "hilltop", "a")] == [25, 42, 10]


def test_nights_are_spread_over_the_whole_hour() -> None:
    minutes = {spread(f"chapter-{number}", 60) for number in range(600)}
    assert minutes == set(range(60))


@pytest.mark.parametrize("key", ["rivertown", "hilltop", "seaside"])
def test_a_night_begins_within_the_hour_and_a_check_comes_every_few_minutes(key: str) -> None:
    engine = Engine()
    minute, hour, *rest = engine.cron(Job.NIGHT, key).split()
    assert (hour, rest) == ("4", ["*", "*", "*"])
    assert int(minute) == spread(key, 60)
    assert engine.cron(Job.CHECK, key) == f"{spread(key, 5)}-59/5 * * * *"
    assert engine.cron(Job.TO_THE_MINUTE, key) == ""


def test_an_hour_of_nights_can_go_past_midnight() -> None:
    engine = Engine.model_validate({"nights_from": "23:50"}, strict=False)
    assert engine.cron(Job.NIGHT, "rivertown") == "15 0 * * *"


def test_an_hour_is_no_number() -> None:
    """It would be seconds after midnight."""
    with pytest.raises(ValidationError, match="no time of day"):
        Engine.model_validate({"nights_from": 4}, strict=False)


def test_a_scheduler_names_a_job_of_this_chapter_or_nothing() -> None:
    for job in PLANNED:
        assert job_named(deployment(job, "rivertown"), "rivertown") is job
    for name in ("nightly-hilltop", "look-rivertown", "nightly-", "", "bash-rivertown",
                 "nightly-rivertown ", "x-nightly-rivertown",
                 "to-the-minute-clock-rivertown"):  # fmt: skip
        assert job_named(name, "rivertown") is None


@pytest.mark.parametrize(
    "api",
    ["http://127.0.0.1:4200/api", "http://localhost:4200/api", "https://engine.example.org/api",
     "http://[::1]:4200/api"],
)  # fmt: skip
def test_the_server_is_this_machines_or_behind_tls(api: str) -> None:
    assert Engine(api=api).api == api


@pytest.mark.parametrize(
    "api",
    ["http://engine.example.org/api", "http://10.0.0.5:4200/api", "https://engine.example.org",
     "https://clerk:x@engine.example.org/api", "ftp://127.0.0.1/api", "http://127.0.0.1/api",
     "https:///api"],
)  # fmt: skip
def test_the_secret_never_crosses_a_network_in_the_open(api: str) -> None:
    with pytest.raises(ValidationError):
        Engine(api=api)


def test_the_server_listens_where_api_says_or_behind_its_tls() -> None:
    assert Engine(api="http://127.0.0.1:4300/api").listens == 4300
    assert Engine(api="https://engine.example.org/api", port=4400).listens == 4400


def test_a_chapter_runs_on_its_own_machine_or_on_all() -> None:
    (anywhere,) = directory({"machines": ("alpha", "beta")}).served
    assert anywhere.machines == ("alpha", "beta")
    (pinned,) = directory({"machines": ("alpha", "beta")}, machine="beta").served
    assert pinned.machines == ("beta",)
    with pytest.raises(ValidationError, match="does not list"):
        directory({"machines": ("alpha",)}, machine="beta")


def test_the_statewide_body_is_run_too_where_its_folder_is_named() -> None:
    own = directory({"statewide_folder": "../body", "statewide_user": "clerk-body"}).served[-1]
    assert (own.key, own.folder, own.user) == ("statewide", "../body", "clerk-body")
    with pytest.raises(ValidationError, match="choose another"):
        directory({}, key="statewide")


def test_a_chapter_without_a_folder_is_not_run() -> None:
    assert directory({}, folder="").served == ()


def test_a_port_that_would_not_be_used_is_said() -> None:
    """On one computer the address says the port."""
    assert Engine(api="http://127.0.0.1:4311/api", port=4311).listens == 4311
    with pytest.raises(ValueError, match=r'write api = "http://127.0.0.1:4311/api" instead'):
        Engine(port=4311)
