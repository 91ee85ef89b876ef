"""`clerk handover`: the checklist for the next volunteer."""

from flows.cli.options import HERE, Folder, Json


def handover(folder: Folder = HERE, as_json: Json = False) -> None:
    """Show a checklist for handing the chapter over: keys, access, jobs, backups, what is open.

    Shows paths, never what is in a key.
    """
    from flows import console
    from flows.context import open_chapter
    from flows.handover import checklist

    section, found = "", []
    with open_chapter(folder) as context:
        for item in checklist(context):
            found.append(item)
            if as_json:
                continue
            if item.section != section:
                section = item.section
                console.title(f"## {section}")
            console.say(f"- [ ] {item.what}: {item.found}")
            if item.todo:
                console.say(f"      To do: {item.todo}")
    if as_json:
        console.print_json([item._asdict() for item in found])
    else:
        console.say("Next: clerk help handover")
