"""A chapter's settings: `chapter.toml` and the environment. The only reader of either.

Secrets stand in files of their own (0600) or in the environment (`CLERK_MAILCHIMP__KEY`), never in
`chapter.toml`; they are masked wherever settings are printed.

bylaws       the file of a chapter's bylaws
files        secrets in files of their own, read
kinds        the texts that settings hold: on one line, without an address, a host, a file
own_headers  the section `[columns.…]`: a chapter's own headers
workbooks    which tab and which form holds what
backup       the section `[backup]`: backups on a schedule
sections     the sections of `chapter.toml`
rehearsal    a folder that is marked as a rehearsal's, and its own time
environment  settings from the environment, under their names of before too
chapter      one chapter's settings, checked as one
state        the chapters of a statewide body: `chapters.toml`
reading      a chapter's settings, read from its folder and the environment
"""

from connectors.settings.bylaws import EDITIONS
from connectors.settings.chapter import LEDGER, Chapter
from connectors.settings.files import private_text, secret_text
from connectors.settings.reading import chapter_from, load_chapter
from connectors.settings.rehearsal import RehearsalClock
from connectors.settings.state import has_chapters, load_chapters
from connectors.settings.workbooks import Form, OwnTab, OwnTabKind, Workbook

__all__ = [
    "EDITIONS",
    "LEDGER",
    "Chapter",
    "Form",
    "OwnTab",
    "OwnTabKind",
    "RehearsalClock",
    "Workbook",
    "chapter_from",
    "has_chapters",
    "load_chapter",
    "load_chapters",
    "private_text",
    "secret_text",
]
