"""`clerk towns`: where a chapter could be started (ST-1)."""

from flows.cli.options import HERE, Folder


def towns(folder: Folder = HERE) -> None:
    """List the towns without a chapter, and how many people there can be emailed.

    For a statewide body that keeps chapters.toml.
    """
    from flows import console
    from flows.context import open_chapter
    from flows.nightly.towns import towns_to_start

    with open_chapter(folder) as context:
        found = towns_to_start(context)
    if not found:
        console.say(
            "No one who signed up, as last read, and can be emailed lives where there is no "
            "chapter. `clerk sync` reads the sign-ups."
        )
        return
    console.say("Towns without a chapter, by the sheets and the mailing list as last read:")
    console.table(("Town or ZIP code", "People who can be emailed"), found)
    console.say(
        "Who signs up there gets an email that says so, and asks whether they want to start one."
    )
