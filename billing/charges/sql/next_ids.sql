-- Ids for rows that will point at each other, taken before any of them is written.
SELECT nextval(%(sequence)s::regclass) FROM generate_series(1, %(count)s)
