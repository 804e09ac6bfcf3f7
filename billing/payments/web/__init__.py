"""Screens of payments."""
