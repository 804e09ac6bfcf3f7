"""Decisions about charges, as pure functions: price, due day, late fee, discounts."""
