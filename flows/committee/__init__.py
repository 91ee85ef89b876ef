"""The committee and its year, from its own tabs.

seats      who sits on a day, held against the bylaws and the members' votes
roll       the committee as an electorate
recommendations  what it recommended by its own votes
ad_hoc     the ad hoc committee after a vote of no confidence, until it is closed
proposals  members' proposals for the priorities, numbered once
"""
