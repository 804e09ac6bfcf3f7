"""What `make bench` measures: each figure in a module of its own, on made-up companies of any size."""
