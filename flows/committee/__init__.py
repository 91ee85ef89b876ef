"""The committee and its year, from its own tabs.

seats      who sits on a day, held against the bylaws and the members' votes
recommended_races  whether a decision recommends a choice of a race that there is
roll       the committee as an electorate
recommendations  what it recommended by its own votes
ad_hoc     the ad hoc committee after a vote of no confidence, until it is closed
proposals  members' proposals for the priorities, numbered once
attended  how often people came to meetings and events, by calendar year
annual    the annual meeting: when it is, what is due at it, who came
nominees  who is nominated, with what the chapter's own record says of them
ties      what members disclosed, and what follows for the races before the committee
cycle_votes  what it recommended, as steps of a cycle
cycle  the endorsement cycles, held against the bylaws and the record
"""
