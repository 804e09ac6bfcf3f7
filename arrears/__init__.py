"""The craft of collecting: cases on the ladder, and the legal end of it."""
