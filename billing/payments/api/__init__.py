"""JSON doors of payments."""
