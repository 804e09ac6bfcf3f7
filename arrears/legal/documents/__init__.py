"""What legal documents say, written from data with a pen; and the drafts as people see them."""
