-- Open papers to file and reviews, the latest first, with how many there are and how many are late. Whoever paid since
-- the night is not counted, though his task is closed by the next walk only.
SELECT t.id, t.case_id, t.kind, t.due_on, t.because, t.because_params::text, k.unit_id, u.code, p.name,
       owed.fen, owed.oldest_due_on, count(*) OVER (), count(*) FILTER (WHERE t.due_on < %(as_of)s) OVER ()
  FROM cases_task t
  JOIN cases_case k ON k.tenant_id = t.tenant_id AND k.id = t.case_id AND k.closed_on IS NULL
  JOIN charges_account a ON a.tenant_id = k.tenant_id AND a.id = k.account_id
  JOIN owners_unit u ON u.tenant_id = k.tenant_id AND u.id = k.unit_id
  JOIN owners_party p ON p.tenant_id = a.tenant_id AND p.id = a.party_id
  JOIN LATERAL (
       SELECT sum(c.amount_fen - c.settled_fen)::bigint AS fen, min(c.due_on) AS oldest_due_on
         FROM charges_charge c
        WHERE c.tenant_id = t.tenant_id AND c.account_id = t.account_id AND c.due_on < %(as_of)s
          AND c.reversed_on IS NULL AND c.settled_fen < c.amount_fen
       ) owed ON owed.fen > %(tolerance_fen)s
 WHERE t.tenant_id = %(tenant_id)s AND t.done_at IS NULL AND t.cancelled_at IS NULL AND t.kind = ANY (%(kinds)s)
 ORDER BY t.due_on, t.id
 LIMIT %(limit)s
