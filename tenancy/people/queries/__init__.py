"""What people answers to others."""
