"""Journeys of collection told as stories, day by day, through the use cases people have."""
