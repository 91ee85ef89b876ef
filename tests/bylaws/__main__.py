"""Write `docs/bylaws-as-tested.md` anew: `python -m tests.bylaws`."""

from tests.bylaws.page import COPY, page

COPY.write_text(page(), "utf-8")
print(f"{COPY.name} is up to date.")
