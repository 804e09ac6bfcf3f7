-- New money of a business day by fee and class; what no charge took is money paid ahead.
SELECT coalesce(i.name, ''),
       CASE WHEN a.part = 'CREDIT' THEN 'AHEAD'
            WHEN a.part = 'LATE_FEE' THEN 'LATE_FEE'
            WHEN i.revenue = 'pass_through' THEN 'PASS_THROUGH'
            WHEN i.revenue = 'deposit' THEN 'DEPOSIT'
            WHEN i.revenue = 'cost' THEN 'COST'
            WHEN lower(c.period) > %(day)s THEN 'AHEAD'
            WHEN lower(c.period) < date_trunc('year', %(day)s::date)::date THEN 'PRIOR_YEARS'
            ELSE 'THIS_YEAR' END AS class,
       count(DISTINCT p.id), sum(a.amount_fen)::bigint
  FROM payments_payment p
  JOIN payments_allocation a ON a.tenant_id = p.tenant_id AND a.payment_id = p.id
  LEFT JOIN charges_charge c ON c.tenant_id = a.tenant_id AND c.id = a.charge_id
  LEFT JOIN charges_feeitem i ON i.tenant_id = c.tenant_id AND i.id = c.fee_item_id
 WHERE p.tenant_id = %(tenant_id)s AND p.community_id = %(community_id)s AND p.posted_on = %(day)s
   AND p.kind = 'RECEIVED' AND p.method <> 'CREDIT'
 GROUP BY 1, 2
 ORDER BY 1, 2
