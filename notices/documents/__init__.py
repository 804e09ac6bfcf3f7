"""Paper documents: frozen plain data -> HTML -> PDF. One module per document holds its data."""
