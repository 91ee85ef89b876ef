"""A whole invented year of a chapter on the sandbox, by its clock."""
