"""The letters' texts: a folder a letter, with subject.txt, body.html and body.txt.

`{{ chapter }}` and `{{ website }}` are filled in here; `*|…|*` are Mailchimp's own merge tags and
stay as they are: each recipient's values never pass through this program's texts.

grammar  what may stand in a letter's text
tags     mailchimp's merge tags in a text
texts    a letter's texts are data
"""

from collections.abc import Mapping
from pathlib import Path

from connectors.emails.texts import Texts
from models.errors import FixTheSettings
from models.mail.notices import EmailContent

BUILT_IN = Path(__file__).parent
REQUIRED = ("*|UNSUB|*", "*|LIST:ADDRESS|*")
"""An unsubscribe link and a postal address stand in every letter, html and text."""


def compose(
    kind: str,
    *,
    chapter: str,
    website: str,
    own: Path | None = None,
    spanish: bool = True,
    **facts: object,
) -> EmailContent:
    """Fill a letter's texts.

    Args:
        kind: the letter's folder.
        own: the chapter's own letters; a file missing there is taken from the built-in ones.
        spanish: whether the letter says the same in Spanish below.
        facts: what else the texts say, of a vote for instance; nobody's own values.

    Raises:
        FixTheSettings: a text is missing or broken, holds more than a letter needs, or lacks what
            every letter carries.
    """
    texts = Texts(BUILT_IN, own)
    given = {"chapter": chapter, "website": website, "spanish": spanish, **facts}
    subject, html, text = (
        texts.fill(f"{kind}/{part}", given) for part in ("subject.txt", "body.html", "body.txt")
    )
    for part, text_of in (("body.html", html), ("body.txt", text)):
        missing = [tag for tag in REQUIRED if tag not in text_of]
        if missing:
            raise FixTheSettings(
                f"the text lacks {' and '.join(missing)}",
                where=f"emails/{kind}/{part}",
                next_step="every letter carries an unsubscribe link and a postal address",
            )
    return EmailContent(" ".join(subject.split()), html, text)


EXAMPLES = {
    "*|FNAME|*": "Robin",
    "*|CLSTATUS|*": "Voting member",
    "*|CLEVENTS|*": "3",
    "*|CLUNTIL|*": "2027-03-04",
    "*|CLBALLOT|*": "2345-6789-CDFH",
    "*|LIST:ADDRESS|*": "the chapter's postal address, from Mailchimp",
    "*|UNSUB|*": "#unsubscribe",
}
"""What a preview shows in place of the merge tags."""


def preview(letter: EmailContent, fitting: Mapping[str, str] = EXAMPLES) -> str:
    """The letter's page with example values in place of the merge tags.

    Args:
        fitting: values that fit the letter better than the usual ones.
    """
    return _with_examples(letter.html, {**EXAMPLES, **fitting})


def preview_text(letter: EmailContent) -> str:
    """The same of its plain text, with its subject."""
    return f"Subject: {_with_examples(letter.subject)}\n\n{_with_examples(letter.text)}"


def _with_examples(text: str, examples: Mapping[str, str] = EXAMPLES) -> str:
    for tag, example in examples.items():
        text = text.replace(tag, example)
    return text
