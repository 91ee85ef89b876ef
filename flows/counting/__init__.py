"""`clerk count`: ballots in a file, counted without a chapter.

count    a stand-alone count
recount  a report and its ballots → whether the same comes out again
"""
