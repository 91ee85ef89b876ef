"""The committee's year: what its own tabs say, and what follows from them by the bylaws.

seats  the tab with the committee's seats, as the committee
book   everything that these tabs say, read as one
"""
