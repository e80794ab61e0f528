"""The door for schools and employers: ask for education, see the answer, rate it."""
