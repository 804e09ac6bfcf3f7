"""What legal documents say, written from data with a pen; drafts as people see them; bound evidence."""
