"""The count of a vote that closed, its recount, and its audit.

audit          the record of votes against what the ledger holds
contest_count  one race of a closed vote, by two counts that must agree
collect        the ballots of a vote as they arrived, each row accounted for
count          at the close: collect, sort into boxes, count, count again, render, record
recount        count a counted vote again from the answers in its form
"""
