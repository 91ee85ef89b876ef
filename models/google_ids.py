"""A form's or workbook's id in Google, as people paste it."""

import re


def google_id(typed: str) -> str:
    """A form's or workbook's id, out of its address if that was pasted (BA-1).

    Raises:
        ValueError: it is the form's answering page, which has another id and address.
    """
    typed = typed.strip()
    if "/d/e/" in typed or "forms.gle/" in typed or typed.startswith("1FAIpQLS"):
        raise ValueError(
            "this is the link for filling in the form; open the form for editing and copy that link"
        )
    if found := re.search(r"/d/([^/?#]+)", typed):
        return found[1]
    if re.search(r"[\s/]", typed):
        raise ValueError("this is not an id; copy the part of the link between /d/ and /edit")
    return typed
