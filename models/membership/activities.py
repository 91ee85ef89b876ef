"""What the volunteer log calls an activity: one that counts, a question, or a note.

One activity can be enough for voting membership (VM-1), so a row that says no, not yet, or perhaps
is not an activity until a person says so, and neither is the name of a meeting. An unusual one
counts, and is pointed out once.
"""

import re
from collections.abc import Iterable

from models.bylaws.paths import Membership
from models.intake.locations import Ask
from models.intake.marks import came
from models.intake.opposites import OFF
from models.intake.participation import Event
from models.text.folding import folded, unmarked
from models.text.sentences import Sentence

_NOT_DONE = re.compile(
    r"\?|\bno(?! (?:on|kings)\b)\b|\b(?:not|never|none|nothing|nobody|cannot|without|absent|missed"
    r"|excused|nunca|sin|ningun[oa])\b|\b[a-z]+n't\b|\bno-?shows?\b"
)
_NOT_YET = re.compile(
    r"\b(?:will|would|could|might|going to|plan(?:s|ned)?|planning to|hop(?:es?|ing)|wants?|wishes"
    r"|interested|available|willing|sign(?:ed|s|ing)?[- ]?up|rsvp\w*|registered|invited|scheduled"
    r"|next|upcoming|tbd|tbc|maybe|perhaps|pending|tentative\w*|wait[- ]?list\w*|pledged|offered)\b"
)
_USUAL = re.compile(
    r"canvas|\blit\b|literature|door|knock|phone|\bcall|dial|text|bank|postcard|letter|fl[yi]er"
    r"|leaflet|poster|pamphlet|\bsigns?\b|signature|petition|stand-?out|visib|\btabl|booth|\bpoll"
    r"|gotv|ballot|voter|registration|\bdata\b|website|social media|newsletter|graphic|design"
    r"|photo|translat|interpret|set-?up|clean|usher|greet|food|cook|bak(?:e|ing)|driv|\brides?\b"
    r"|child ?care|\bhost|organi[sz]|moderat|facilitat|minutes|research|train|recruit|mail|envelope"
    r"|office|fundrais|house party|volunt|\bhelp|outreach|deliver|campaign|shift|captain"
    r"|check-?in|puerta|llamad|folleto|carta"
)
"""The closed list of what volunteers usually do; any other name is pointed out."""


def unclear(activity: str, events: Iterable[Event], membership: Membership) -> Ask | None:
    """Why a name of the log is no activity yet, and who says what it is; None where it is one.

    Args:
        activity: a name that no volunteer activity of the Events tab has on its day.
    """
    said, name = folded(activity), unmarked(activity)
    if re.search(OFF, said):
        return Ask(
            Sentence("its name says that this activity was canceled"),
            Sentence("delete the row; if it took place, correct the name"),
        )
    if not membership.helping:  # then the log gives nobody anything
        return None
    says_nothing = not re.search(r"[^\W\d_]", said) or came(said) is not None
    if says_nothing or _NOT_DONE.search(said) or _NOT_YET.search(said):
        return Ask(
            Sentence("this activity does not clearly say whether the person volunteered"),
            Sentence("if they did, write what they did, as in “Canvass”; if not, delete the row"),
        )
    namesakes = [e for e in events if not e.of_the_log and unmarked(e.name) == name]
    helped = any(each.is_volunteering(membership) for each in namesakes)
    if (namesakes and not helped) or name in {*membership.kinds.value} - {*membership.helping}:
        return Ask(
            Sentence(
                "this is the name of an event or a kind of event, not of a volunteer activity"
            ),
            Sentence(
                "if they attended, move the row to the sign-ins; if they volunteered there, write "
                "what they did, as in “Set-up of the forum”"
            ),
        )
    return None


def is_usual(activity: str) -> bool:
    """Whether the name of an activity is one of the usual ones."""
    return bool(_USUAL.search(folded(activity)))
