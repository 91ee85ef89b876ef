"""The last net under the logs: whatever looks like an address prints as dots (DP-3).

A formatter and not a filter: it sees the finished text, tracebacks included.
"""

import logging

from models.privacy import quiet


class QuietFormatter(logging.Formatter):
    """Formats a record, then blots out addresses."""

    def format(self, record: logging.LogRecord) -> str:
        """The record's text without addresses."""
        return quiet(super().format(record))
