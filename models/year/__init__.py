"""The committee's year: what its own tabs say, and what follows from them by the bylaws.

seats       the tab with the committee's seats, as the committee
electorate  who votes when the committee decides
book        everything that these tabs say, read as one
"""
