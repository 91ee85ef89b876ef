"""The pages of officers. Each module names what it answers in its `ASKED`.

progress          what takes time: start it, and see how far it is
leave             sign out, and choose a language
today             is everything well, and what waits for a person
roll              the voter roll: how many, over time, and who
person            a person: whether and why they may vote
review            questions for a person, each with its cell
plan              what a run would change, and its approval
vote_page         a vote that was approved: how it stands, and what can be done
vote_confirm      what is asked once more before it is done
vote_changes      until the close: extend, cancel, withdraw a candidate
vote_decisions    what the committee decided: a tie, a void race
vote_result       the count, its result before anybody else sees it, its publication
vote_calls        the voters whom no email reaches
vote_voter        why one person may or may not vote in it, and exceptions
vote_thanks       the letters to the candidates whom it endorsed
vote_record       its history, and the chapter's audit log
votes             all votes
votes_new         begin a vote, and change its dates and its form
votes_priorities  a vote on priorities, from the committee's list
votes_contests    the contests of a draft
votes_people      what a draft says of each person on its ballot
votes_check       check a draft, build its form, send a test ballot
votes_look        the ballot and the emails as members will see them
votes_approve     an officer's word that a vote may open
votes_draft       a vote's page
requests          members' requests: the queue, and one with what can be done
rules             what the rules say that pages name by their ids
committee         who sits on the committee
proposals         members' proposals
actions           calls to action: written, looked at, sent, and what came of each
calls             an email to members: looked at, and sent once
towns             towns without a chapter, of a statewide body
cycle             the endorsement cycle, and its questionnaires
privacy           what is held, for how long, and who can open the chapter's files
privacy_person    a person's rights: to be shown all that is held, and to be erased
privacy_access    who may come in, who is in, and who looked at people
setup             add a spreadsheet or form, by the questions of `clerk init`
health            whether everything that the program needs is there
"""

from typing import Final

from flows.web.pages import (
    actions,
    calls,
    committee,
    cycle,
    health,
    leave,
    person,
    plan,
    privacy,
    privacy_access,
    privacy_person,
    progress,
    proposals,
    requests,
    review,
    roll,
    rules,
    setup,
    today,
    towns,
    vote_calls,
    vote_changes,
    vote_confirm,
    vote_decisions,
    vote_record,
    vote_result,
    vote_thanks,
    vote_voter,
    votes,
    votes_approve,
    votes_check,
    votes_contests,
    votes_draft,
    votes_look,
    votes_new,
    votes_people,
    votes_priorities,
)
from flows.web.visits import Asked

ASKED: Final[tuple[Asked, ...]] = (
    *today.ASKED,
    *roll.ASKED,
    *person.ASKED,
    *review.ASKED,
    *plan.ASKED,
    *vote_confirm.ASKED,
    *vote_changes.ASKED,
    *vote_decisions.ASKED,
    *vote_result.ASKED,
    *vote_calls.ASKED,
    *vote_voter.ASKED,
    *vote_record.ASKED,
    *vote_thanks.ASKED,
    *rules.ASKED,
    *committee.ASKED,
    *proposals.ASKED,
    *actions.ASKED,
    *calls.ASKED,
    *towns.ASKED,
    *cycle.ASKED,
    *requests.ASKED,
    *privacy.ASKED,
    *privacy_person.ASKED,
    *privacy_access.ASKED,
    *health.ASKED,
    *setup.ASKED,
    *progress.ASKED,
    *leave.ASKED,
    *votes.ASKED,
    *votes_new.ASKED,
    *votes_contests.ASKED,
    *votes_people.ASKED,
    *votes_priorities.ASKED,
    *votes_check.ASKED,
    *votes_look.ASKED,
    *votes_approve.ASKED,
    *votes_draft.ASKED,
)
"""Everything that can be asked for, and by whom."""
