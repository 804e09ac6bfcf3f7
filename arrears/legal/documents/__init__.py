"""Papers that legal puts together, drawn from plain data."""
