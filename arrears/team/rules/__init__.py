"""Rules, pure and without a framework."""
