"""The committee's year: what its own tabs say, and what follows from them by the bylaws.

seats       the tab with the committee's seats, as the committee
electorate  who votes when the committee decides
proposals   members' proposals for the priorities, and whose counts
moderation  what the committee makes of them, by their numbers
ad_hoc      the ad hoc committee after a vote of no confidence
book        everything that these tabs say, read as one
"""
