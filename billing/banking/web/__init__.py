"""Screens of banking."""
