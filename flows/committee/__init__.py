"""The committee and its year, from its own tabs.

seats  who sits on a day, held against the bylaws and the members' votes
roll   the committee as an electorate
recommendations  what it recommended by its own votes
"""
