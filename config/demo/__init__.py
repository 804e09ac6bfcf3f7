"""The demo company: who works there, who lives there, and what they did, through the real engine."""
