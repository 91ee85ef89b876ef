"""What a chapter asks candidates about: its criteria and issue areas (EN-11).

They decide no vote, and so stand in no digest of counting rules.
"""

from models.base import Value
from models.bylaws.cited import Cited
from models.texts import Statement


class Questionnaire(Value):
    """The criteria by which an endorsement is considered, and the issues."""

    introduction: Cited[str] = Cited(value="", rule="EN-11", cite="")
    criteria: Cited[tuple[Statement, ...]] = Cited(value=(), rule="EN-11", cite="")
    issues: Cited[tuple[Statement, ...]] = Cited(value=(), rule="EN-11", cite="")
