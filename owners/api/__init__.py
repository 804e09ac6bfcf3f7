"""JSON doors of owners."""
