"""A vote before its approval: what is asked about it, in the terminal and on the officers' page.

answers     what is said of the vote itself, each answer checked as it is given
races       what is said of one contest, question by question
from_cycle  a draft's contests from the committee's tabs
people      what is said of one person whom a contest names
folders     a draft's folder as it lies there, and its changes
"""
