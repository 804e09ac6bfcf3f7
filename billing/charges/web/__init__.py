"""Pages of charges."""
