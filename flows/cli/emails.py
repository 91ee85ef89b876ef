"""`clerk emails …`: look at a letter, or send it to yourself."""

from typing import Annotated

import typer

from flows.cli.options import HERE, By, Folder, tell_of_old

emails = typer.Typer(help="Preview an email, or send it to yourself.", no_args_is_help=True)


def is_an_old_name() -> None:
    """Preview an email, or send it to yourself: `clerk emails` under its former name."""
    tell_of_old("clerk letters", "clerk emails")


Letter = Annotated[
    str,
    typer.Argument(
        help="voting-member, one-event-away, status-lapses, welcome, chapter-near-you, "
        "request-status, request-receipt, or request-end. For an election: vote-invitation, "
        "vote-reminder, vote-extended, vote-cancelled, vote-race-cancelled, "
        "vote-candidate-withdrawn, vote-announcement, or tellers-report.",
        show_default=False,
    ),
]
OfVote = Annotated[
    str, typer.Option("--election", metavar="NAME", help="The election that the email is about.")
]


@emails.command("preview")
def preview(name: Letter, folder: Folder = HERE, election: OfVote = "") -> None:
    """Print an email as HTML with example values. An election's email shows its own values."""
    from connectors.emails import preview as page
    from flows.context import open_chapter
    from flows.views.previews import examples_of, letter_words

    with open_chapter(folder) as context:
        typer.echo(page(letter_words(context, name, election), examples_of(context, name)))


@emails.command("snippet")
def snippet(folder: Folder = HERE) -> None:
    """Print HTML for the chapter's newsletter: each reader's own status, in merge tags.

    Print it again for each newsletter, because it lists the days on which somebody's status ends.
    """
    from connectors.emails import snippet as made
    from flows.context import open_chapter

    with open_chapter(folder) as context:
        own, spanish = context.chapter.emails.folder, "es" in context.chapter.languages
        texts = context.chapter.path(own) if own else None
        typer.echo(made(own=texts, spanish=spanish, days=context.last_days))


@emails.command("test")
def test(name: Letter, folder: Folder = HERE, election: OfVote = "") -> None:  # noqa: PT028 - a command, not a test
    """Send a test email to one address.

    Asks for the address, so that it stays out of the shell history.
    """
    from flows import console
    from flows.context import open_chapter
    from flows.mail.delivery import send_test_words
    from flows.views.previews import test_words
    from models.errors import FixTheData
    from models.privacy import Email

    try:
        to = Email.parse(typer.prompt("Your email address"))
    except ValueError as exc:
        raise FixTheData(str(exc), next_step="type one email address") from None
    with open_chapter(folder) as context:
        send_test_words(context, test_words(context, name, election), to)
    console.say("Test email sent.")


@emails.command("again")
def again(folder: Folder = HERE, election: OfVote = "", by: By = "") -> None:
    """Send emails again that Mailchimp accepted, then stopped, and sent to no one."""
    from flows import console
    from flows.context import open_chapter
    from flows.votes.emails import bring_again
    from models.errors import Refused

    if election and not by.strip():
        raise Refused(
            "only a named officer can send an election's email again",
            rule="EN-R13",
            next_step='add --by "Your Name"',
        )
    with open_chapter(folder) as context:
        lines = (
            bring_again.of_vote(context, election, by)
            if election
            else bring_again.of_nights(context)
        )
        told = list(lines)
    for line in told or ["no email is known to be lost"]:
        console.say(f"{line[0].upper()}{line[1:]}.")
