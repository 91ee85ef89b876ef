"""From facts to the roll: who may vote on this day, why, and until when.

activities      what the volunteer log calls an activity
event_hints     the nearest event where none is meant, and never of another day
matching        which event a row means
ids             an id of our own for everybody
questions       what is asked about who somebody is
one_person      all rows about one person, and the person that they make
identity        which person a row means, or what to ask
stale_sheets     events that nobody signed in at since a sheet's last day
event_review    what is said of an event that people came to
attendance_words  what is said of rows that a person should see
attendance      rows become a set of events for each person
status_periods  days on which something holds without a break
erasure         rows that are no longer kept
dues            for whom dues are paid on a day
fulfilment      on which days a condition holds
reasons         what a condition says of a person
voting_status   may this person vote on this day, why, until when
waiting         what is asked of the rows that name somebody
voter_roll      everybody's standing on one day
asked           what is asked of a newcomer, as things to do
ways            what letters say of the ways to a vote
ways_es         the same in Spanish
"""
