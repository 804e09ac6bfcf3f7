-- Receipts of a business day per desk: the first and last issued, how many, and the numbers that were voided.
SELECT d.name, min(r.number) FILTER (WHERE r.issued_on = %(day)s), max(r.number) FILTER (WHERE r.issued_on = %(day)s),
       count(*) FILTER (WHERE r.issued_on = %(day)s),
       coalesce(array_agg(r.number ORDER BY r.number) FILTER (WHERE r.voided_on = %(day)s), '{}')
  FROM payments_cashpoint d
  JOIN payments_receipt r ON r.tenant_id = d.tenant_id AND r.cash_point_id = d.id
 WHERE d.tenant_id = %(tenant_id)s AND d.community_id = %(community_id)s
   AND (r.issued_on = %(day)s OR r.voided_on = %(day)s)
 GROUP BY d.id, d.name
 ORDER BY d.name
