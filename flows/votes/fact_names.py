"""The facts of the audit log as people read them; `--json` keeps the names of before."""

from models.text.sentences import Sentence

_SHOWN = {
    "definition digest": Sentence("definition hash"),
    "result digest": Sentence("result hash"),
    "line of the roll": Sentence("entry of the voter roll"),
    "roll": Sentence("voter roll"),
    "striven for": Sentence("not done, though the bylaws strive for it"),
    "race": Sentence("contest"),
    "races": Sentence("contests"),
    "letter": Sentence("email"),
    "superseded": Sentence("replaced by a later ballot"),
    "standings on record": Sentence("status records"),
    "letters noted": Sentence("email records"),
    "lines of frozen rolls": Sentence("entries of frozen voter rolls"),
    "people whom no source names": Sentence("people no sheet names"),
    "set aside, unreadable": Sentence("rejected, unreadable"),
    "set aside, early": Sentence("rejected, early"),
    "set aside, late": Sentence("rejected, late"),
    "set aside, unknown code": Sentence("rejected, unknown code"),
    "set aside, not on roll": Sentence("rejected, not on roll"),
} | {
    str(said): said
    for said in (
        Sentence("about"),
        Sentence("abstained"),
        Sentence("active"),
        Sentence("campaign"),
        Sentence("candidate"),
        Sentence("changes"),
        Sentence("closes"),
        Sentence("contacts"),
        Sentence("contests"),
        Sentence("counted"),
        Sentence("counting rules"),
        Sentence("decision"),
        Sentence("differs"),
        Sentence("fingerprint"),
        Sentence("from"),
        Sentence("how"),
        Sentence("nominations"),
        Sentence("no"),
        Sentence("officer"),
        Sentence("opens"),
        Sentence("pages"),
        Sentence("people"),
        Sentence("picked"),
        Sentence("reason"),
        Sentence("reason in Spanish"),
        Sentence("received"),
        Sentence("record date"),
        Sentence("recused"),
        Sentence("refused"),
        Sentence("reminders"),
        Sentence("rows"),
        Sentence("seen"),
        Sentence("sent to"),
        Sentence("tellers"),
        Sentence("test ballots"),
        Sentence("to"),
        Sentence("voter"),
        Sentence("voters"),
        Sentence("went to"),
        Sentence("why"),
        Sentence("yes"),
        Sentence("contest"),
        Sentence("addresses and names"),
    )
}


def shown(fact: str) -> str:
    """Return what a fact is called on the screen."""
    rejected = fact.removeprefix("set aside, ")
    return _SHOWN.get(fact, fact if rejected == fact else f"rejected, {rejected}")
