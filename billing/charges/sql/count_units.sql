-- How many units of a community a run looks at.
SELECT count(*) FROM owners_unit u WHERE u.community_id = %(community_id)s AND u.retired_on IS NULL
