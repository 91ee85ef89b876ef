"""The letters' texts: a folder a letter, with subject.txt, body.html and body.txt.

`{{ chapter }}` and `{{ website }}` are filled in here; `*|…|*` are Mailchimp's own merge tags and
stay as they are: each recipient's values never pass through this program's texts.
"""

from pathlib import Path

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined, select_autoescape
from jinja2.exceptions import TemplateError

from models.errors import FixTheSettings
from models.letters import Words

BUILT_IN = Path(__file__).parent
REQUIRED = ("*|UNSUB|*", "*|LIST:ADDRESS|*")
"""An unsubscribe link and a postal address stand in every letter, html and text."""


def compose(
    kind: str, *, chapter: str, website: str, own: Path | None = None, **facts: object
) -> Words:
    """Fill a letter's texts.

    Args:
        kind: the letter's folder.
        own: the chapter's own letters; a file missing there is taken from the built-in ones.
        facts: what else the texts say, of a vote for instance; nobody's own values.

    Raises:
        FixTheSettings: a text is missing or broken, or lacks what every letter carries.
    """
    folders = [own, BUILT_IN] if own else [BUILT_IN]
    loader = ChoiceLoader([FileSystemLoader(folder) for folder in folders])
    texts = Environment(
        loader=loader,
        autoescape=select_autoescape(("html",), default=False),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_no_merge_tag,
    )
    try:
        subject, html, text = (
            texts.get_template(f"{kind}/{part}").render(chapter=chapter, website=website, **facts)
            for part in ("subject.txt", "body.html", "body.txt")
        )
    except TemplateError as exc:
        raise FixTheSettings(
            f"a text of the letter cannot be filled in: {type(exc).__name__} {exc}",
            where=f"letters/{kind}",
            next_step="compare with the built-in letter",
        ) from None
    for part, text_of in (("body.html", html), ("body.txt", text)):
        missing = [tag for tag in REQUIRED if tag not in text_of]
        if missing:
            raise FixTheSettings(
                f"the text lacks {' and '.join(missing)}",
                where=f"letters/{kind}/{part}",
                next_step="every letter carries an unsubscribe link and a postal address",
            )
    return Words(" ".join(subject.split()), html, text)


def _no_merge_tag(filled_in: object) -> object:
    """A text that is filled in stays text: nothing in it is a merge tag."""
    if not isinstance(filled_in, str):
        return filled_in
    return filled_in.replace("*|", "* |").replace("|*", "| *")


def preview(letter: Words) -> str:
    """The letter's page with example values in place of the merge tags."""
    examples = {
        "*|FNAME|*": "Robin",
        "*|CLSTATUS|*": "Voting member",
        "*|CLEVENTS|*": "3",
        "*|CLUNTIL|*": "2027-03-04",
        "*|CLBALLOT|*": "2345-6789-CDFH",
        "*|LIST:ADDRESS|*": "the chapter's postal address, from Mailchimp",
        "*|UNSUB|*": "#unsubscribe",
    }
    page = letter.html
    for tag, example in examples.items():
        page = page.replace(tag, example)
    return page
