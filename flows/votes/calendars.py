"""When everything of a vote happens, by the chapter's settings."""

from datetime import timedelta

from connectors.settings import Chapter
from models.votes.election import Calendar, Election, calendar_of


def calendar(chapter: Chapter, election: Election) -> Calendar:
    """When everything happens."""
    grace = timedelta(minutes=election.grace_minutes)
    return calendar_of(election.opens, election.closes, chapter.tz, grace)
