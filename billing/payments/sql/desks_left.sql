-- What each desk of a community held before a day and after it: the last session's count with what it handed to the
-- next cashier; at a new desk the sum that its first session brought along.
WITH session AS (
  SELECT s.cash_point_id, s.id, s.day, s.opening_fen, s.counted_fen + coalesce((
         SELECT sum(h.amount_fen) FROM payments_cashhandover h
          WHERE h.tenant_id = s.tenant_id AND h.session_id = s.id AND h.purpose = 'TILL'
            AND h.accepted_at IS NOT NULL), 0) AS left_fen
    FROM payments_cashsession s
   WHERE s.tenant_id = %(tenant_id)s AND s.community_id = %(community_id)s AND s.day <= %(day)s
)
SELECT d.id,
       coalesce((SELECT b.left_fen FROM session b WHERE b.cash_point_id = d.id AND b.day < %(day)s
                  ORDER BY b.id DESC LIMIT 1),
                (SELECT f.opening_fen FROM session f WHERE f.cash_point_id = d.id ORDER BY f.id LIMIT 1))::bigint,
       (SELECT n.left_fen FROM session n WHERE n.cash_point_id = d.id ORDER BY n.id DESC LIMIT 1)::bigint
  FROM payments_cashpoint d
 WHERE d.tenant_id = %(tenant_id)s AND d.community_id = %(community_id)s
   AND EXISTS (SELECT FROM session s WHERE s.cash_point_id = d.id)
 ORDER BY d.id
