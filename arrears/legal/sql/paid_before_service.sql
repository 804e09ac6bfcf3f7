-- Payment orders that the court has not answered, of which no principal is owed any more, and nobody has begun to
-- withdraw: filing, case, its charges.
SELECT f.id, f.case_id, f.charge_ids
  FROM legal_filing f
 WHERE f.tenant_id = %(tenant_id)s AND f.kind = 'PAYMENT_ORDER' AND cardinality(f.charge_ids) > 0
   AND f.filed_on <= %(as_of)s
   AND NOT EXISTS (SELECT 1 FROM legal_result r WHERE r.tenant_id = f.tenant_id AND r.filing_id = f.id)
   AND NOT EXISTS (SELECT 1 FROM legal_draft d
                    WHERE d.tenant_id = f.tenant_id AND d.filing_id = f.id AND d.kind = 'PAYMENT_ORDER_WITHDRAWAL')
   AND NOT EXISTS (SELECT 1 FROM charges_charge c
                    WHERE c.tenant_id = f.tenant_id AND c.id = ANY (f.charge_ids)
                      AND c.reversed_on IS NULL AND c.settled_fen < c.amount_fen)
 ORDER BY f.id
