"""`clerk state`: many chapters on one engine, on several machines."""

import re
import socket
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.cli.options import Json

if TYPE_CHECKING:
    from flows.state.home import StateHome
    from flows.state.status import Status

state = typer.Typer(
    no_args_is_help=True, help="Run the chapters of chapters.toml, on one computer or several."
)
Installation = Annotated[
    Path,
    typer.Option("--state", "-s", envvar="CLERK_STATE", help="The folder with chapters.toml."),
]
HERE = Path()
Machine = Annotated[
    str,
    typer.Option("--name", help="What [engine] machines calls this computer. Its own name if left "
                 "out."),
]  # fmt: skip


def _machine(name: str) -> str:
    own = re.sub("[^a-z0-9-]+", "-", socket.gethostname().partition(".")[0].lower()).strip("-")
    return name or own or "this"


@state.command()
def serve(
    folder: Installation = HERE,
    worker: Annotated[
        bool, typer.Option("--worker", help="Run a worker on this computer too.")
    ] = False,
    name: Machine = "",
) -> None:
    """Run the engine's server, and keep its schedules as chapters.toml says, until you stop it."""
    from flows.state.serve import serve as run

    run(folder, worker=_machine(name) if worker else "")


@state.command()
def work(folder: Installation = HERE, name: Machine = "") -> None:
    """Do what is due for the chapters whose folders are on this computer, until you stop it."""
    from flows.state.worker import work as run

    run(folder, _machine(name))


@state.command()
def status(folder: Installation = HERE, as_json: Json = False) -> None:
    """Show each chapter's last and next nightly run, who runs it, and what is late."""
    from flows import console
    from flows.state.home import state_home
    from flows.state.worker import reach

    home = state_home(folder)
    reach(home)
    from flows.state.status import HEADERS, rows_of

    found = _asked(home)
    if as_json:
        console.print_json(found.as_json())
        return
    console.table(HEADERS, rows_of(found, home))
    workers = ", ".join(found.workers) or "none"
    console.say(f"Workers: {workers}. Runs that are late: {found.late}.")


@state.command()
def doctor(folder: Installation = HERE, name: Machine = "", as_json: Json = False) -> None:
    """Check the installation and every chapter's folder on this computer."""
    from flows.doctor.telling import tell
    from flows.state.doctor import examine
    from flows.state.worker import reach

    def ask(home: "StateHome") -> "Status":
        reach(home)
        return _asked(home)

    raise typer.Exit(tell(examine(folder, _machine(name), ask), as_json=as_json))


def _asked(home: "StateHome") -> "Status":
    from flows.state.answers import translated
    from flows.state.engine import engine
    from flows.state.status import status_of

    with translated(), engine() as server:
        return status_of(server, home)
