"""Stories of whole cases, told day by day."""
