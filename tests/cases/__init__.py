"""Golden cases: `<rule>/<case>/` holds contest.toml, ballots.csv, expected.json."""
