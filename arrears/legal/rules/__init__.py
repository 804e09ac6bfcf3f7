"""What a court asks and costs, as pure functions."""
