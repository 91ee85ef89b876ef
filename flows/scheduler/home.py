"""Where Prefect's server lives in a chapter's folder, and what its environment may say."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from connectors.files.own_files import refuse_open_folders
from connectors.net.network_allowlist import clean_environment
from models.errors import FixTheSettings, Refused
from models.privacy import redact_addresses

ACCESS = "scheduler.json"
"""Where the page is and what opens it, in the chapter's `prefect` folder, while it runs."""


def make_ready(folder: Path) -> None:
    """Set what Prefect reads from the environment: no telemetry, quiet logs, a home of our own.

    Nothing by which code or settings could come in stays in it, for the jobs inherit it.

    Raises:
        FixTheSettings: others can write where Prefect keeps its files.
    """
    home = home_in(folder)
    clean_environment(os.environ)
    for name in [name for name in os.environ if name.lower().endswith("_proxy")]:
        del os.environ[name]  # a proxy is no exit; Prefect would ask it even for this machine
    logging_ = str(Path(__file__).with_name("logging.yml"))
    os.environ["CLERK_CHAPTER"] = str(folder)
    os.environ.update(
        PYTHONSAFEPATH="1",
        PREFECT_SERVER_ANALYTICS_ENABLED="false",
        DO_NOT_TRACK="1",
        PREFECT_LOGGING_TO_API_ENABLED="false",
        PREFECT_LOGGING_SETTINGS_PATH=logging_,
        PREFECT_LOGGING_CONFIG_PATH=logging_,
        PREFECT_RESULTS_PERSIST_BY_DEFAULT="false",
        PREFECT_RUNNER_SERVER_ENABLE="false",  # it would listen without a password
    )
    os.environ.setdefault("PREFECT_HOME", str(home))
    os.environ.setdefault("PREFECT_PROFILES_PATH", str(home / "none.toml"))


def home_in(folder: Path) -> Path:
    """Where Prefect and we keep what belongs to its server.

    Raises:
        FixTheSettings: others can write there, or it leads elsewhere.
    """
    home = folder / "prefect"
    home.mkdir(mode=0o700, exist_ok=True)
    if home.is_symlink():
        raise FixTheSettings(
            "this is a link", where=str(home), next_step="make it a folder of its own"
        )
    refuse_open_folders(home / ACCESS, folder)
    return home


def is_served(folder: Path) -> bool:
    """Whether `clerk serve` runs for a chapter on this computer."""
    if not (folder / "prefect").is_dir():
        return False
    try:
        with serving_alone(folder):
            return False
    except Refused:
        return True


@contextmanager
def serving_alone(folder: Path, what: str = "`clerk serve`") -> Iterator[None]:
    """Be what `clerk serve` would be for a chapter, or keep it off.

    Two would share Prefect's database and the file with the password, and its clock would act on
    a ledger that is just being restored. The kernel lets go of the lock if whoever holds it dies.

    Args:
        what: the command that would run there.

    Raises:
        Refused: it runs for this folder.
    """
    try:
        with FileLock(home_in(folder) / "serve.lock", timeout=0, mode=0o600):
            yield
    except Timeout:
        raise Refused(
            f"{what} runs for this folder already",
            where=redact_addresses(str(folder)),
            next_step="stop it first, where it was started or as the service that it is",
        ) from None
