"""What a field of a row is called within a sentence: its own name with spaces."""

from models.text.sentences import English, Sentence

_CALLED = {
    said.replace(" ", "_"): said
    for said in (
        Sentence("activity"),
        Sentence("address"),
        Sentence("at"),
        Sentence("cancelled"),
        Sentence("counts"),
        Sentence("day"),
        Sentence("decided"),
        Sentence("decided by"),
        Sentence("district"),
        Sentence("event"),
        Sentence("event day"),
        Sentence("first name"),
        Sentence("held"),
        Sentence("kind"),
        Sentence("last name"),
        Sentence("name"),
        Sentence("other address"),
        Sentence("other addresses"),
        Sentence("partner"),
        Sentence("phone"),
        Sentence("reason"),
        Sentence("registered voter"),
        Sentence("sign in tab"),
        Sentence("town"),
        Sentence("wants email"),
        Sentence("zip"),
    )
}

OF_TWO = Sentence(
    "empty the cell that is wrong, or rename the header that does not count; if you cannot edit "
    "the answer, add an exception"
)
OF_TWO_NAMES = Sentence(
    "if one has first names and one has last names, map them as first_name and last_name; "
    "otherwise empty the cell that is wrong, or rename the header that does not count; if you "
    "cannot edit the answer, add an exception"
)
"""What to do where two columns have one field, and disagree."""


def called(field: str) -> str:
    """What a field is called."""
    return _CALLED.get(field) or English(field.replace("_", " "))
