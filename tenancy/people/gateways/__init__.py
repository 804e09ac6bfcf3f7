"""One module per outside system; used by doors only."""
