"""JSON doors of charges."""
