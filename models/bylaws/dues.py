"""What a chapter says of dues to all its members: encouraged, and required only by a path (VM-3).

It decides no vote, and so stands in no digest of counting rules.
"""

from models.base import Value
from models.bylaws.cited import Cited
from models.texts import Background


class DuesEncouraged(Value):
    """A general sentence, the same to every new voting member, whoever has paid."""

    encouraged: Cited[Background] = Cited(value="", rule="VM-3", cite="")
    encouraged_es: Cited[Background] = Cited(value="", rule="VM-3", cite="")

    def words(self) -> dict[str, object]:
        """What an email's texts are given of it."""
        return {"dues": self.encouraged.value, "dues_es": self.encouraged_es.value}
