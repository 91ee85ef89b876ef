"""What is voted on: a contest, its kinds, and what a ballot says of it.

settings   the parts of a contest's file
base       what every contest has
kinds      who may be marked on each kind of contest
committee  a decision of the committee
seats      several seats by approval
advisory   proposals that members support, before the committee decides
contest    a contest's file, checked
recommending  by what names a recommendation calls a race, and which choice it means
asks       what each race asks, in sentences
unsaid     what a ballot must say
offices    which races are ours, what must be done before a vote
"""
