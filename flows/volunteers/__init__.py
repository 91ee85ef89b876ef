"""Volunteers: the calls to action.

actions  a call to action, looked at, approved, and sent once
outcome  what came of it: delivered, signed up, came
"""
