"""The committee and its year, from its own tabs.

seats  who sits on a day, held against the bylaws and the members' votes
cycle  the endorsement cycles, held against the bylaws and the record
"""
