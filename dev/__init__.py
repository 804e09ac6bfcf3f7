"""The launcher: what `make` runs around Django. Standard library only, for it makes the .venv itself."""
