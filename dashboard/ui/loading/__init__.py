"""The parts of the Load data page: files in, what they are, the report of a check, and the versions there are."""
