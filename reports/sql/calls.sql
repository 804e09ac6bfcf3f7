-- The calls that are due, the longest waiting first, with what is owed and why each is on the list; those to
-- whom nobody may speak while a hold stands are not.
SELECT t.id, t.case_id, t.kind, t.due_on, t.because, t.because_params::text, a.unit_id, u.code, p.name,
       owed.fen, owed.oldest
  FROM cases_task t
  JOIN cases_case k ON k.tenant_id = t.tenant_id AND k.id = t.case_id AND k.closed_on IS NULL
  JOIN charges_account a ON a.tenant_id = t.tenant_id AND a.id = t.account_id
  JOIN owners_unit u ON u.tenant_id = a.tenant_id AND u.id = a.unit_id
  JOIN owners_party p ON p.tenant_id = a.tenant_id AND p.id = a.party_id
  JOIN LATERAL (
       SELECT sum(c.amount_fen - c.settled_fen)::bigint AS fen, min(c.due_on) AS oldest
         FROM charges_charge c
        WHERE c.tenant_id = t.tenant_id AND c.account_id = t.account_id AND c.due_on < %(as_of)s
          AND c.reversed_on IS NULL AND c.settled_fen < c.amount_fen
       ) owed ON owed.fen > %(tolerance_fen)s
 WHERE t.tenant_id = %(tenant_id)s AND t.kind IN ('CALL', 'CHECK_PAYMENT') AND t.due_on <= %(as_of)s
   AND t.done_at IS NULL AND t.cancelled_at IS NULL
   AND NOT (t.kind = ANY (%(spoken)s) AND EXISTS (
       SELECT FROM cases_hold h
        WHERE h.tenant_id = t.tenant_id AND h.account_id = t.account_id AND h.kind = ANY (%(silent)s)
          AND h.from_on <= %(as_of)s AND (h.to_on IS NULL OR h.to_on >= %(as_of)s)
          AND (h.released_on IS NULL OR h.released_on > %(as_of)s)))
 ORDER BY t.due_on, t.id
 LIMIT %(limit)s
