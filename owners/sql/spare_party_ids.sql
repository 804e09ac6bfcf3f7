-- Ids for parties about to be written.
SELECT nextval(pg_get_serial_sequence('owners_party', 'id')) FROM generate_series(1, %(count)s)
