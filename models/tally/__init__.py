"""The count: every kind of vote the bylaws know, in whole numbers, explained round by round.

outcome          what a count says
rankings         a ballot as the count sees it
ballot_piles     who stands with whom
ties             ties, never settled by silent chance
drawing          a lot that anybody can draw again
notes            what must be said beside the numbers
ranked           the rounds of a ranked count
ratify           ratify or prefer
approval         several seats
advisory         how many support each proposal
committee        decisions of the committee
count_committee  one item of the committee, counted
interpretations  would another reading have ended otherwise
settings         which rules count a contest
count            one contest, counted whole
digests          proof of the same input
reference_count  the second count, ballot by ballot
cross_check      the second count judges the first
rehearsal        what cannot be counted cannot open
void             what could not be counted all the same
"""
