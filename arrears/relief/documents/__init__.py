"""Papers of relief that carry no number of ours: plain data -> HTML -> PDF."""
