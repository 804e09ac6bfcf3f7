"""What legal documents say, written from data with a pen; the drafts as people see them, and bound evidence."""
