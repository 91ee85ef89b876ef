"""`clerk requests`: what members asked for by the form, and how an officer ends it (ST-3)."""

from typing import Annotated

import typer

from flows.cli.options import HERE, By, Folder, Json

requests = typer.Typer(
    help="Answer what members ask for: their status, a correction, a nomination, their data.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
Number = Annotated[int, typer.Argument(help="The request's number, as in the email and the list.")]
Why = Annotated[
    str, typer.Option("--why", help="What the person reads about it. It goes into an email.")
]


@requests.command("list")
def list_(folder: Folder = HERE, as_json: Json = False) -> None:
    """List the requests that wait. Nobody is named."""
    from flows import console
    from flows.context import open_chapter
    from flows.nightly.looks_words import FIRST_STEP, UNREAD
    from flows.requests.queue import is_kept, queue_of
    from flows.views import requests as views
    from models.errors import FixTheData

    with open_chapter(folder) as context:
        queue, today, kept = queue_of(context), context.today, is_kept(context)
        if kept and context.ledger.last_run() is None:
            raise FixTheData(UNREAD, next_step=FIRST_STEP)
    if as_json:
        console.print_json(views.as_json(queue, today))
    else:
        views.show_list(queue, today, kept=kept)


@requests.command("show")
def show(number: Number, folder: Folder = HERE) -> None:
    """Show one request: who asks for what, and what can be done."""
    from flows.context import open_chapter
    from flows.nightly.people import facts_on_record
    from flows.requests.deciding import decided, is_made
    from flows.requests.queue import request_called
    from flows.views import requests as views

    with open_chapter(folder) as context:
        one, facts = request_called(context, number), facts_on_record(context)
        acts = decided(context, number)
        views.show(one, context.today, facts, acts, is_made=is_made(context, number))


@requests.command("accept")
def accept(
    number: Number,
    folder: Folder = HERE,
    event: Annotated[
        str, typer.Option("--event", help="Of a correction: the event, such as “2026-03-31 Forum”.")
    ] = "",
    stayed_away: Annotated[
        bool, typer.Option("--stayed-away", help="Of a correction: the person was not there.")
    ] = False,
    by: By = "",
) -> None:
    """Do what a request asks for: a correction, a nomination, a priority, an endorsement."""
    from flows import console
    from flows.context import open_chapter
    from flows.requests import deciding

    with open_chapter(folder) as context:
        done = deciding.accept(context, number, by, event=event, stayed_away=stayed_away)
    console.say(f"Request {number}: {done.state}. The next nightly run takes it in.")


@requests.command("take-back")
def take_back(number: Number, folder: Folder = HERE, by: By = "") -> None:
    """Undo what was accepted. The request waits again."""
    from flows import console
    from flows.context import open_chapter
    from flows.requests import deciding

    with open_chapter(folder) as context:
        deciding.take_back(context, number, by)
    console.say(f"Request {number} waits again. The person gets no second email about its end.")


@requests.command("code")
def code(
    number: Number,
    typed: Annotated[str, typer.Argument(metavar="CODE", help="The code, as the person says it.")],
    folder: Folder = HERE,
    by: By = "",
) -> None:
    """Type the code with which a person proves that the address is theirs."""
    from flows import console
    from flows.context import open_chapter
    from flows.requests import deciding

    with open_chapter(folder) as context:
        deciding.prove(context, number, typed, by)
    console.say(f"Request {number}: the address is proved. Next: clerk requests show {number}")


@requests.command("answer")
def answer(number: Number, folder: Folder = HERE, why: Why = "", by: By = "") -> None:
    """End a request as answered. The person gets an email after the next nightly run."""
    _end(folder, number, "answered", why, by)


@requests.command("refuse")
def refuse(number: Number, folder: Folder = HERE, why: Why = "", by: By = "") -> None:
    """Refuse a request, and say why."""
    _end(folder, number, "refused", why, by)


@requests.command("withdraw")
def withdraw(number: Number, folder: Folder = HERE, by: By = "") -> None:
    """End a request that the person withdrew. No email goes out."""
    _end(folder, number, "withdrawn", "", by)


def _end(folder: Folder, number: int, how: str, why: str, by: str) -> None:
    from flows import console
    from flows.context import open_chapter
    from flows.requests import deciding
    from models.year.request_queue import RequestState

    with open_chapter(folder) as context:
        done = deciding.end(context, number, RequestState(how), why, by)
    console.say(f"Request {number}: {done.state}.")
