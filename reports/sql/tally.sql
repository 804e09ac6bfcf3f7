-- The sums of every community as of a day. A charge's months are filled oldest first (rules/filling.py): what
-- belongs to earlier years, then the months begun this year. What was paid until a day is what is paid now less
-- what moved since. Only charges that end this year, are still open or were paid on since 1 January are read.
WITH moved AS (
  SELECT m.charge_id, sum(m.principal_fen) AS since, sum(m.principal_fen) FILTER (WHERE m."on" > %(as_of)s) AS later
    FROM charges_movement m
   WHERE m.tenant_id = %(tenant_id)s AND m."on" >= %(year_on)s AND NOT m.is_waived
   GROUP BY m.charge_id
), split AS (
  SELECT c.community_id, c.unit_id, c.due_on,
         c.settled_fen - c.waived_fen - coalesce(m.later, 0) AS settled,
         c.settled_fen - c.waived_fen - coalesce(m.since, 0) AS settled_before,
         least(c.amount_fen - c.waived_fen,
               CASE WHEN c.ends_on <= %(year_on)s THEN c.amount_fen
                    WHEN lower(c.period) >= %(year_on)s THEN 0
                    ELSE coalesce(lines.before_fen, c.amount_fen) END) AS before_fen,
         least(c.amount_fen - c.waived_fen,
               CASE WHEN c.ends_on <= %(next_on)s THEN c.amount_fen
                    ELSE coalesce(lines.so_far_fen, c.amount_fen) END) AS so_far_fen
    FROM charges_charge c
    JOIN charges_feeitem f ON f.tenant_id = c.tenant_id AND f.id = c.fee_item_id AND f.revenue NOT IN ('deposit', 'cost')
    LEFT JOIN moved m ON m.charge_id = c.id
    LEFT JOIN LATERAL (
         SELECT sum((l ->> 'amount_fen')::bigint) FILTER (WHERE l ->> 'month' < to_char(%(year_on)s::date, 'YYYY-MM')),
                sum((l ->> 'amount_fen')::bigint) FILTER (WHERE l ->> 'month' < to_char(%(next_on)s::date, 'YYYY-MM'))
           FROM jsonb_array_elements(c.snapshot -> 'lines') AS l
         ) AS lines (before_fen, so_far_fen)
           ON (c.ends_on > %(next_on)s OR (lower(c.period) < %(year_on)s AND c.ends_on > %(year_on)s))
          AND jsonb_array_length(c.snapshot -> 'lines') > 0
   WHERE c.tenant_id = %(tenant_id)s AND c.issued_on <= %(as_of)s AND lower(c.period) < %(next_on)s
     AND (c.reversed_on IS NULL OR c.reversed_on > %(as_of)s)
     AND (c.ends_on > %(year_on)s OR c.settled_fen < c.amount_fen OR m.charge_id IS NOT NULL)
     AND (%(community_ids)s::bigint[] IS NULL OR c.community_id = ANY (%(community_ids)s::bigint[]))
), filled AS (
  SELECT community_id, unit_id, due_on,
         before_fen - least(settled_before, before_fen) AS opening_fen,
         least(settled, before_fen) - least(settled_before, before_fen) AS recovered_fen,
         so_far_fen - before_fen AS receivable_fen,
         least(greatest(settled - before_fen, 0), so_far_fen - before_fen) AS collected_fen,
         so_far_fen - least(settled, so_far_fen) AS unpaid_fen
    FROM split
), unit AS (
  SELECT community_id, unit_id, sum(receivable_fen) AS receivable_fen, sum(collected_fen) AS collected_fen,
         sum(opening_fen) AS opening_fen, sum(recovered_fen) AS recovered_fen, sum(unpaid_fen) AS unpaid_fen,
         coalesce(sum(unpaid_fen) FILTER (WHERE due_on < %(as_of)s), 0) AS overdue_fen
    FROM filled GROUP BY community_id, unit_id
)
SELECT community_id, sum(receivable_fen)::bigint, sum(collected_fen)::bigint, sum(opening_fen)::bigint,
       sum(recovered_fen)::bigint, sum(overdue_fen)::bigint,
       count(*) FILTER (WHERE receivable_fen > 0),
       count(*) FILTER (WHERE receivable_fen > 0 AND collected_fen = receivable_fen),
       count(*) FILTER (WHERE receivable_fen > 0 AND unpaid_fen = 0)
  FROM unit GROUP BY community_id
