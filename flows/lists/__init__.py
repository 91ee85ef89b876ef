"""Lists that somebody gives the program as files: partners' attendees, and the dues (DP-2, VM-3).

keeping    a list that is looked at, then kept or removed as it was looked at
attendees  who came to an event that a partner ran
dues       who paid dues to the statewide body, as far as a rule asks
"""
