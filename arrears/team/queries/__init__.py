"""What this app answers to others: rows, not models."""
