"""A vote before its approval: what is asked about it, in the terminal and on the officers' page.

answers  what is said of the vote itself, each answer checked as it is given
races    what is said of one contest, question by question
people   what is said of one person whom a contest names
slate    the draft of the vote on a slate, made of the nominations
folders  a draft's folder as it lies there, and its changes
"""
