-- Cases with an instrument in their newest claim: the last day on which enforcement must still wait. An order or
-- judgment counts while nothing newer was recorded for it.
SELECT f.case_id, greatest(r.perform_by, r.effective_on - 1)
  FROM unnest(%(case_ids)s::bigint[]) AS wanted (case_id)
  JOIN LATERAL (
       SELECT id, case_id FROM legal_filing
        WHERE tenant_id = %(tenant_id)s AND case_id = wanted.case_id AND kind <> 'ENFORCEMENT'
        ORDER BY id DESC LIMIT 1
       ) f ON true
  JOIN LATERAL (
       SELECT kind, perform_by, effective_on FROM legal_result
        WHERE tenant_id = %(tenant_id)s AND filing_id = f.id
        ORDER BY id DESC LIMIT 1
       ) r ON r.kind IN ('PAYMENT_ORDER', 'JUDGMENT', 'MEDIATION')
