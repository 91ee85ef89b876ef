"""`clerk serve`: the flows, and what is due whenever the clock strikes.

due_steps      one strike of the clock, and one night, without a scheduler
strikes        one strike of the clock of votes, whoever keeps the clock
nightly_flow   the nightly job as a Prefect flow
election_flow  the clock of the votes as a Prefect flow, and the closing event
deployments    schedules, and `clerk serve`
"""
