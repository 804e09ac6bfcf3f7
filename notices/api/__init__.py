"""JSON doors of notices."""
