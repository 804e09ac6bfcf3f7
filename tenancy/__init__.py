"""Whose data it is (kernel) and who works with it (people)."""
