-- A bill for each account of the company: one month of its property fee.
INSERT INTO charges_bill (
    tenant_id, community_id, account_id, kind, number, period, issued_on, due_on, amount_fen, void_reason)
SELECT %(tenant_id)s, a.community_id, a.id, 'REGULAR', 'MONTH-' || a.id, daterange(%(from_on)s, %(to_on)s),
       %(issued_on)s, %(due_on)s, round(u.area_cm2 * 0.0235), ''
  FROM charges_account a
  JOIN owners_unit u ON u.tenant_id = %(tenant_id)s AND u.id = a.unit_id
 WHERE a.tenant_id = %(tenant_id)s
 ORDER BY a.id
