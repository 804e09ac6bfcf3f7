"""Screens of the court's papers."""
