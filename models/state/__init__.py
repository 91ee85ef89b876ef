"""A statewide body and its chapters: which there are, and which is near somebody (ST-1).

directory  the chapters of `chapters.toml`, and which of them is near a town or ZIP code
near       who is told of which chapters, and the towns without one
"""
