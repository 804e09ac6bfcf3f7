"""Decisions about money received, as pure functions: allocation, the till."""
