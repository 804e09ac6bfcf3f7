"""JSON doors of collection."""
