"""The facts of the audit log as people read them; `--json` keeps the names of before."""

_SHOWN = {
    "definition digest": "definition hash",
    "result digest": "result hash",
    "line of the roll": "entry of the voter roll",
    "roll": "voter roll",
    "striven for": "not done, though the bylaws strive for it",
    "race": "contest",
    "races": "contests",
    "letter": "email",
    "superseded": "replaced by a later ballot",
    "standings on record": "status records",
    "letters noted": "email records",
    "lines of frozen rolls": "entries of frozen voter rolls",
    "people whom no source names": "people no sheet names",
}


def shown(fact: str) -> str:
    """Return what a fact is called on the screen."""
    rejected = fact.removeprefix("set aside, ")
    return _SHOWN.get(fact, fact if rejected == fact else f"rejected, {rejected}")
