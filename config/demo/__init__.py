"""The demo company: who works there, who lives there, and a year of what they did, told by the real engine."""
