"""Who sits on the committee, who is away, and who may be nominated.

terms     from when to when somebody has a seat, and leaves
members   who sits, who is away, who steps aside
nominees  who may be nominated, what a slate needs
"""
