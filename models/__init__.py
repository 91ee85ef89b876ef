"""The rules of a chapter, pure: no network, no file, no clock. The map, in reading order.

What everything is made of
    base                how every value behaves: frozen, strict, silent about its input
    errors              errors named by what to do next
    folding             texts for comparing, whatever a keyboard chose
    greeting            first and last name of what somebody wrote
    address_letters     letters of an address that look like others
    privacy             addresses, phones and names that print as dots
    faults              what is wrong with a file, in plain words
    bounds              what no file of settings holds, whatever it is about
    sharing             who can open a file, as counts
    unmask              the one door to their plain text
    outgoing            what leaves the process
    texts               what a chapter writes in its own words, and how long that may be
    languages           English, and Spanish beside it
    lookalikes          texts that a reader takes for one
    places              cells and answers, and what is asked about them
    dates               what a sheet calls a day
    twice               the hour that comes twice in autumn

The bylaws
    bylaws              the numbers stand in editions/*.toml
    bylaws.cited        a value with its sentence
    tally.rules         the settings of a count, their values, and both in words
    bylaws.counting     how an edition counts votes
    bylaws.windows      how long an event counts
    bylaws.conditions   what a voting member has done, sentence by sentence
    bylaws.five_values  who may vote, as files said it before there were paths
    bylaws.paths        who may vote: a list of paths
    bylaws.amending     an amendment keeps what it does not restate
    bylaws.rules        an edition, all editions, which is in force
    bylaws.two_files    the two files of before, read and joined

From rows to facts
    unchanged           when a source need not be read again
    formulas            which formulas bring nothing from elsewhere
    heads               headers for comparing
    cells               what a cell may be
    unread              columns that hold what rows lack
    opposites           headers that say the opposite of their field
    undecided           columns that nobody reads and that would decide over a vote
    tables              a tab or form as a table; headers found tolerantly
    yearless            dates without a year, as those around them leave it
    unsent              rows that nobody sent
    rosters             a row a person, a column a meeting
    layouts             a tab as people lay it out: a title above, a roster
    parsing             what a cell says, parsed once
    rows                one row, field by field
    held                whether an event was held, in a sheet's words
    participation       events, sign-ins, volunteer activities, exceptions
    trays               every row becomes a record or is set aside
    unusable            sources of which no row can be used
    people              who somebody is
    intake              what each kind of table says, as records

From facts to the roll
    event_hints         the nearest event where none is meant, and never of another day
    matching            which event a row means
    ids                 an id of our own for everybody
    questions           what is asked about who somebody is
    identity            which person a row means, or what to ask
    attendance          rows become a set of events for each person
    spells              days on which something holds without a break
    fulfilment          on which days a condition holds
    reasons             what a condition says of a person
    standing            may this person vote on this day, why, until when
    erasure             rows that are no longer kept
    waiting             what is asked of the rows that name somebody
    roll                everybody's standing on one day

What the night does about it
    refusals            whom the mailing list refuses
    audience            what the mailing list should say
    ways                what letters say of the ways to a vote
    ways_es             the same in Spanish
    letters             which letter, to whom, when; what is remembered
    plans               all changes as one value, with a fingerprint and guards

What is voted on
    tally.outcome       what a count says
    tally.rankings      a ballot as the count sees it
    contest_settings    the parts of a contest's file
    terms               from when to when somebody has a seat, and leaves
    committee           who sits, who is away, who steps aside
    nominees            who may be nominated, what a slate needs
    contest_base        what every contest has
    contest_kinds       who may be marked on each kind of contest
    contest_seats       several seats by approval
    contests            a contest's file, checked
    asks                what each race asks, in sentences
    unsaid              what a ballot must say
    offices             which races are ours, what must be done before a vote

The count
    tally               whole numbers only, explained round by round
    tally.piles         who stands with whom
    tally.ties          ties, never settled by silent chance
    lots                a lot that anybody can draw again
    tally.notes         what must be said beside the numbers
    tally.ranked        the rounds of a ranked count
    tally.ratify        ratify or prefer
    tally.approval      several seats
    tally.committee     decisions of the committee
    tally.readings      would another reading have ended otherwise
    tally.settings      which rules count a contest
    tally.count         one contest, counted whole
    tally.digests       proof of the same input
    tally.naive         the second count, ballot by ballot
    tally.twin          the second count judges the first
    tally.rehearsal     what cannot be counted cannot open
    tally.void          what could not be counted all the same

Ballots on their way in
    ballots             from a form's rows to boxes
    ballots.answers     what a ballot says on one race
    ballots.received    one row as it arrived
    ballots.layouts     what cells mean
    ballots.headers     whether a header is a contest's
    ballots.asked       how each contest is asked
    ballots.elsewhere   votes under another header
    ballots.boxes       every row in exactly one box
    ballots.form_texts  its words beside questions and answers
    ballots.form        the ballot as a form
    ballots.silent      whether a form says what it asks
    ballots.drift       whether it is still what was approved

The life of a vote
    election_states     draft, open, closed, counted, published; or cancelled
    elections           window, calendar
    reminders           when the next reminder goes
    voter_codes         the code that stands for a voter
    frozen_roll         the roll of one vote, with evidence
    became              what became of one voter's ballots
    votes               what becomes of a vote, as values
    votes.chapter_events  what officers do with the chapter's people
    votes.change_events what officers cancel or withdraw
    votes.roll_events   what exceptions do with the frozen roll
    votes.letter_events what is found out of its letters
    votes.form_events   what becomes of its ballot form
    votes.events        what can happen to it: the typed lines of its history
    votes.earlier       lines of former versions, read as events
    chain               a record sealed line by line
    votes.history       what a record says last of something
    votes.letters       what goes out to voters, each with one text
    votes.delivered     which letters came out of the mailing service
    votes.reminded      how many of the three reminders went out
    votes.replay        a vote as its record tells it
    votes.changes       what was cancelled or withdrawn, and what stands
    votes.results       what a count leaves, and the ties it asks about

What officers are told
    alerts              what is so, told once, and once that it is over

What becomes of it
    withheld            what is kept back, so that nobody can be found in a number
    reports             what the chapter says to the public
    guide               the words of its endorsement guide
"""
