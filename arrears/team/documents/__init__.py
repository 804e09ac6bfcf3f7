"""Papers of a visit round: plain data -> HTML -> PDF. They speak Chinese, whatever the reader's language."""
