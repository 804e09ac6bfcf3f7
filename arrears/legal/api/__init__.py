"""JSON doors of the court's papers."""
