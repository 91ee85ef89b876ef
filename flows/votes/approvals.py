"""More than one officer approves, where the chapter asks for it (`[approvals]`).

1. Each approval is a line of the record, with the digest of what was approved: an approval of
   another text counts for nothing.
2. Officers are those in `chapter.toml` who may act; one officer counts once.
3. A withdrawn approval takes back all that were given before it.
"""

from connectors.ledger import Act
from flows.context import ChapterContext
from models.errors import AskAPerson, Refused
from models.text.folding import folded
from models.votes.approval_events import Act as Approves
from models.votes.approval_events import ApprovalGiven
from models.votes.events import ApprovalWithdrawn


def needed(context: ChapterContext, act: Approves) -> int:
    """How many officers approve it."""
    asked = context.chapter.approvals
    return {"open": asked.open, "publish": asked.publish, "call": asked.calls}[act]


def given(context: ChapterContext, name: str, act: Approves, of: str) -> list[str]:
    """Who has approved it so far, of this very text, and may act today."""
    may, who = _officers(context), dict[str, str]()
    for line in context.ledger.votes.lines(name):
        match line.event:
            case ApprovalWithdrawn():
                who = {}
            case ApprovalGiven() as one if (one.act, one.of) == (act, of):
                who[folded(line.who)] = line.who
    return [name for key, name in who.items() if key in may]


def _officers(context: ChapterContext) -> set[str]:
    """The officers who may act, folded."""
    return {folded(one.name) for one in context.chapter.officers if one.acts}


def gather(
    context: ChapterContext, name: str, by: str, act: Approves, of: str, where: str = ""
) -> None:
    """Record an officer's approval; go on once there are enough.

    Args:
        name: of the vote; "" for what is the chapter's own affair.
        where: what it is called, if it is no vote.

    Raises:
        Refused: who approves is not an officer who may act.
        AskAPerson: it is recorded, and another officer is asked.
    """
    many = needed(context, act)
    if many < 2:
        return
    if folded(by) not in _officers(context):
        raise Refused(
            f"{many} officers approve this, and only those in chapter.toml who may act",
            where=where or name,
            next_step="use the name of one of the [[officers]] there, or the officers' page",
        )
    there = given(context, name, act, of)
    if folded(by) not in map(folded, there):
        act_of_approval = Act(by, context.now(), ApprovalGiven(act=act, of=of))
        context.ledger.votes.note(name, act_of_approval)
        there.append(by)
    if len(there) < many:
        left = many - len(there)
        who = "one more officer" if left == 1 else f"{left} more officers"
        raise AskAPerson(
            f"the approval is recorded, and this chapter asks for {many}: {who} must approve",
            where=where or name,
            next_step="another officer does the same, in the terminal or on the officers' page",
        )
