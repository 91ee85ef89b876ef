"""What the night does about it: the list, the letters, the plan, the alerts.

sharing   who can open a file, as counts
refusals  whom the mailing list refuses
audience  what the mailing list should say
notices   which letter, to whom, when; what is remembered
plans     all changes as one value, with a fingerprint and guards
alerts    what is so, told once, and once that it is over
"""
