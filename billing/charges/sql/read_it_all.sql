-- For one large read: every row will be fetched, and joins must not trust yesterday's row counts.
SET LOCAL cursor_tuple_fraction = 1; SET LOCAL enable_nestloop = off
