"""A vote before its approval: what is asked about it, in the terminal and on the officers' page.

questions  one question about a contest
committee_items  what is asked about an item of the committee's own vote
answers  what is said of the vote itself, each answer checked as it is given
races    what is said of one contest, question by question
waivers  exceptions for a nominee, as they are typed
from_cycle  a draft's contests from the committee's tabs
people   what is said of one person whom a contest names
priorities  the votes on priorities, from the committee's list of proposals
slate    the draft of the vote on a slate, made of the nominations
folders  a draft's folder as it lies there, and its changes
"""
