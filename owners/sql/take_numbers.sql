-- Move a series on by a block and answer its first number. The row lock makes two takers wait for each other.
INSERT INTO owners_numberseries (tenant_id, community_id, series, year, last)
VALUES (%(tenant_id)s, %(community_id)s, %(series)s, %(year)s, %(count)s)
ON CONFLICT (tenant_id, community_id, series, year)
DO UPDATE SET last = owners_numberseries.last + EXCLUDED.last
RETURNING last - %(count)s + 1
