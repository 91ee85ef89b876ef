"""`clerk help`: the docs in the terminal, paged there, and plain in a pipe."""

import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from importlib.resources import files
from pathlib import Path
from typing import Annotated

import typer

TOPICS: Mapping[str, str] = {
    "install": "How to install `clerk` as a command, and on which systems that was tried.",
    "rehearsal": "How to rehearse a whole vote with the committee before the real one.",
    "running": "How to keep it running: a server, cron, backups, upgrades, and what to watch.",
    "handover": "How to hand the chapter over to the next volunteer, in one evening.",
    "settings": "Every setting of chapter.toml.",
    "sheets": "Which tabs, columns, and forms the program reads, and what cells can contain.",
    "year": "The committee's own tabs: seats, races, steps, nominations, priorities.",
    "volunteers": "Volunteer profiles, and calls to action to those who said how they help.",
    "requests": "What members can ask for by one form, and how officers answer.",
    "state": "A statewide body, its chapters, the one near you, and running them on one engine.",
    "commands": "Every command and its options.",
    "elections": "How an election works, from its folder to the published result.",
    "contests": "Each kind of contest by example: a race, a question, a slate.",
    "count": "How to count any group's ballots, without an account.",
    "desk": "The officers' page in the browser: how to start it, and what it shows.",
    "alerts": "How the committee is told what needs a person: chat, phone, or mail.",
    "troubleshooting": "What to do about each message.",
    "exit-codes": "What the exit codes mean, for scripts.",
    "privacy": "Where members' data is, and what is never shared, written for members.",
    "guard": "The network guard: what it stops, and what it cannot see.",
    "adopting": "How another chapter writes its own bylaws and its own emails.",
    "rules": "The rules by their ids, such as VM-1, and the rulings where the bylaws are silent.",
    "bylaws-as-tested": "The sentences of the bylaws that tests hold the program to.",
    "glossary": "The words that the program uses, one meaning each.",
    "real-services": "What Google and Mailchimp do that no specification says.",
    "developing": "For developers: the commands, the tests, and how to add things.",
    "lifecycle": "For developers: a nightly run and an election, function by function.",
    "pointers": "For developers: the messages whose next step is tested.",
    "bench": "For developers: speed and memory, as measured.",
}
"""Page of the docs → what it is about."""
_ALSO: Mapping[str, str] = {
    "vote": "elections",
    "votes": "elections",
    "voting": "elections",
    "ballots": "elections",
}
"""What people type → the page about it."""
_LINK = re.compile(r"(?<!!)\[([^]]+)\]\((?!https?:)[^)]*\)")
"""A link to another page, of which a terminal shows the text alone."""
MORE = "— Enter: more, q: end — "


def help_(
    context: typer.Context,
    topic: Annotated[
        list[str] | None,
        typer.Argument(
            help="A page of the docs, such as `running`, or a rule, such as VM-1. If left out: a "
            "list of the pages."
        ),
    ] = None,
) -> None:
    """Show a page of the docs, or list them."""
    from flows import console

    if not topic:
        console.table(("Topic", "What it is about"), list(topics().items()))
        console.say("Next: clerk help TOPIC")
        return
    if rule := _rule(topic[0].upper()):
        console.say(rule)
        console.say("Next: clerk help rules")
        return
    name = re.sub(r"^docs/|\.md$|\.md#.*$|#.*$", "", " ".join(topic).casefold())
    if name not in topics():
        raise typer.BadParameter(_unknown(context, name))
    _show((docs() / f"{name}.md").read_text("utf-8"))


def _rule(named: str) -> str:
    """A rule by its id, as `VM-1`; "" where the page has none of this name."""
    page = (docs() / "rules.md").read_text("utf-8")
    found = re.search(rf"(?m)^\| {re.escape(named)} \| (.*) \|$", page)
    return f"{named}: {_LINK.sub(lambda link: link[1], found[1])}" if found else ""


def docs() -> Path:
    """Where the pages are: in the installed program, or in the folder that it runs from."""
    program = Path(str(files("flows")))
    packaged = program / "docs"
    return packaged if packaged.is_dir() else program.parent / "docs"


def topics() -> dict[str, str]:
    """The pages there are, in the order in which a chapter needs them."""
    return {name: said for name, said in TOPICS.items() if (docs() / f"{name}.md").is_file()}


def _unknown(context: typer.Context, name: str) -> str:
    """Why a topic is none, with the nearest."""
    said = f"the docs have no page “{name}”"
    also = _ALSO.get(name.partition(" ")[0])
    if near := [also] if also else get_close_matches(name, topics(), n=1, cutoff=0.5):
        said += f"; did you mean `clerk help {near[0]}`?"
    commands = getattr(context.find_root().command, "commands", {})
    if name.partition(" ")[0] in commands:
        return f"{said}; for the command, type `clerk {name} --help`"
    return f"{said} `clerk help` lists all pages" if near else f"{said}; `clerk help` lists them"


def _show(page: str) -> None:
    from flows import console

    plain = re.sub(r"(?m)^<!-- .*? -->\n", "", page)
    if not console.is_for_eyes_alone():
        console.plain(plain)
        return
    lines = console.laid_out(_LINK.sub(r"\1", plain))
    height = max(console.out.height - 1, 5)
    for number, screen in enumerate(_screens(lines, height)):
        if number and _ends():
            return
        console.put("\n".join(screen))


def _screens(lines: Sequence[str], height: int) -> Iterator[Sequence[str]]:
    for start in range(0, len(lines), height):
        yield lines[start : start + height]


def _ends() -> bool:
    """Whether the reader has read enough; a reader who cannot be asked reads all."""
    if not sys.stdin.isatty():
        return False
    try:
        return input(MORE).strip().casefold().startswith("q")
    except (EOFError, KeyboardInterrupt):
        return True
