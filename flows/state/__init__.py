"""`clerk state`: many chapters on one engine, on several machines (ST-1).

The server says when, and which of our jobs for which chapter. A worker's forker keeps one process
that has imported everything, and forks a child for each job, which becomes the chapter's own
account before it reads a line of the chapter's.

accounts  whose a chapter's folder is, and becoming them
ended     what a job's child says when it ends
jobs      what a job's child does
home      the installation's folder: its settings and its secret
forker    one process with one thread, which forks the children
answers   what the server's answers mean
paged     whole lists from the server
engine    what Prefect's server is asked and told
planned   the deployments that the server is to hold, made and removed
worker    asks what is due, and has it done
serve     the server, its deployments, and the runs of workers that died
status    the whole installation at a glance
doctor    what is wrong, each with its next step
"""
