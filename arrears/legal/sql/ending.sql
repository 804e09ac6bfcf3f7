-- What happened to a case until it was closed: money that came in for its account meanwhile, an instrument in
-- force, a settlement, a signed plan.
SELECT k.closed_on, k.close_reason,
       coalesce((SELECT sum(l.amount_fen) FROM payments_allocation l
                   JOIN payments_payment p ON p.tenant_id = l.tenant_id AND p.id = l.payment_id
                   JOIN charges_charge c ON c.tenant_id = l.tenant_id AND c.id = l.charge_id
                  WHERE l.tenant_id = %(tenant_id)s AND c.account_id = k.account_id
                    AND p.paid_on >= k.opened_on AND p.paid_on <= k.closed_on), 0)::bigint,
       EXISTS (SELECT FROM legal_result r WHERE r.tenant_id = %(tenant_id)s AND r.case_id = k.id
                AND r.kind IN ('PAYMENT_ORDER', 'JUDGMENT', 'MEDIATION')
                AND NOT EXISTS (SELECT FROM legal_result n WHERE n.tenant_id = r.tenant_id AND n.filing_id = r.filing_id
                                   AND n.id > r.id AND n.kind = 'CONTESTED')),
       EXISTS (SELECT FROM legal_docketentry e WHERE e.tenant_id = %(tenant_id)s AND e.case_id = k.id
                AND e.kind = 'SETTLEMENT'),
       EXISTS (SELECT FROM cases_clockevent v WHERE v.tenant_id = %(tenant_id)s AND v.account_id = k.account_id
                AND v.source LIKE 'plan:%%' AND v."on" >= k.opened_on)
  FROM cases_case k
 WHERE k.tenant_id = %(tenant_id)s AND k.id = %(case_id)s AND k.closed_on IS NOT NULL
