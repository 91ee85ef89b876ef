"""After an endorsement: the letters to the endorsed candidates, to be copied and sent by hand."""

from typing import Final

from flows.votes.thanks import thanks_of
from flows.web.pages.vote_page import the_vote
from flows.web.visits import Asked, Page, Visit


def thanks(visit: Visit) -> Page:
    """A letter to each candidate whom the vote endorsed."""
    vote = the_vote(visit)
    return Page("vote-thanks.html", {"vote": vote, "letters": thanks_of(visit.context, vote)})


ASKED: Final = (Asked("GET", "/votes/{name}/thanks", thanks),)
