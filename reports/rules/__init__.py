"""Every figure of a report, each defined once."""
