"""Stories: a debt from its first day to its last, told through public services day by day."""
