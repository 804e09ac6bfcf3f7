"""JSON doors of banking."""
