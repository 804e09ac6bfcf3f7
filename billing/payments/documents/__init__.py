"""Paper of payments: plain data -> HTML -> PDF. Chinese, for the payer."""
