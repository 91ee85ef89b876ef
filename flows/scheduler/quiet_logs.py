"""The last net under the logs: whatever looks like an address prints as dots (DP-3).

A formatter and not a filter: it sees the finished text, tracebacks included.
"""

import logging

from models.privacy import redact_addresses


class QuietFormatter(logging.Formatter):
    """Formats a record as one line, its traceback below, then blots out addresses."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - logging's own name
        """The record's line: what a cell holds cannot begin another one."""
        return " ".join(super().formatMessage(record).splitlines())

    def format(self, record: logging.LogRecord) -> str:
        """The record's text without addresses."""
        return redact_addresses(super().format(record))
