"""Team: visit rounds, sign-off, leave, the record sheet and the weekly review."""
