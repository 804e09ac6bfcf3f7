"""What happened to people: stories of issue D, told day by day through the public services."""
