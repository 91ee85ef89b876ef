"""The letters' texts: a folder a letter, with subject.txt, body.html and body.txt.

`{{ chapter }}` and `{{ website }}` are filled in here; `*|…|*` are Mailchimp's own merge tags and
stay as they are: each recipient's values never pass through this program's texts.

grammar  what may stand in a letter's text
tags     mailchimp's merge tags in a text
days     the reader's last day as people say it
texts    a letter's texts are data
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from pathlib import Path

from connectors.emails.days import FIELD, also_on, with_days
from connectors.emails.tags import decided
from connectors.emails.texts import Texts
from models.errors import FixTheSettings
from models.mail.notices import ABOUT_STATUS, KINDS, EmailContent

BUILT_IN = Path(__file__).parent
Days = Callable[[], Iterable[date]]
REQUIRED = ("*|UNSUB|*", "*|LIST:ADDRESS|*")
"""An unsubscribe link and a postal address stand in every letter, html and text."""


def compose(
    kind: str,
    *,
    chapter: str,
    website: str,
    own: Path | None = None,
    spanish: bool = True,
    days: Days = tuple,
    **facts: object,
) -> EmailContent:
    """Fill a letter's texts.

    Args:
        kind: the letter's folder.
        own: the chapter's own letters; a file missing there is taken from the built-in ones.
        spanish: whether the letter says the same in Spanish below.
        days: on which somebody's status ends: a letter says the reader's as people say it.
        facts: what else the texts say, of a vote for instance; nobody's own values.

    Raises:
        FixTheSettings: a text is missing or broken, holds more than a letter needs, or lacks what
            every letter carries.
    """
    texts = Texts(BUILT_IN, own)
    # Who may vote in an election is on its frozen roll: its emails say nothing of today's status.
    is_about_status = kind in ABOUT_STATUS
    about = {"about_status": is_about_status, "about_vote": is_about_status or kind not in KINDS}
    given = {"chapter": chapter, "website": website, "spanish": spanish, **about, **facts}
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
    subject = " ".join(subject.split())
    return EmailContent(subject, with_days(html, days), with_days(text, days))


def snippet(*, own: Path | None = None, spanish: bool = True, days: Days = tuple) -> str:
    """What the chapter's newsletter can say to each reader of their own status, as HTML.

    Raises:
        FixTheSettings: a text of the chapter's own is broken.
    """
    texts = Texts(BUILT_IN, own)
    names = (
        {"en": "standing.html", "es": "standing-es.html"} if spanish else {"en": "standing.html"}
    )
    said = {language: texts.fill(name, {}).strip() for language, name in names.items()}
    return with_days("\n".join(f'<p lang="{one}">{text}</p>' for one, text in said.items()), days)


CANDIDATE = "candidate-endorsed.txt"


def to_candidate(*, own: Path | None = None, **facts: object) -> str:
    """A letter to an endorsed candidate as plain text with its subject, for an officer to send.

    Raises:
        FixTheSettings: a text of the chapter's own is broken.
    """
    return Texts(BUILT_IN, own).fill(CANDIDATE, facts).strip()


EXAMPLES = {
    "FNAME": "Robin",
    "CLSTATUS": "Voting member",
    "CLEVENTS": "3",
    FIELD: "2027-03-04",
    "CLBALLOT": "2345-6789-CDFH",
    "CLPROOF": "2345-6789-CDFH",
    "LIST:ADDRESS": "the chapter's postal address, from Mailchimp",
    "UNSUB": "#unsubscribe",
}
"""What a preview shows in place of the merge tags, by tag."""


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
    text = decided(also_on(text, examples[FIELD]), examples)
    for tag, example in examples.items():
        text = text.replace(f"*|{tag}|*", example)
    return text
