"""Money owed (charges), money received (payments), money's traces at the bank (banking)."""
