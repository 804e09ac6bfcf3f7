"""What may be said, how it is filled in, on which way it goes, and when it counts as arrived."""
