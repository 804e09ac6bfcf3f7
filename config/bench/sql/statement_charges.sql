-- A charge for each month of those bills, with a snapshot that says no more than the late fee needs: the real one
-- is six times as long and is not read here.
INSERT INTO charges_charge (
    tenant_id, community_id, account_id, unit_id, fee_item_id, bill_id, kind, period, issued_on, due_on, amount_fen,
    settled_fen, late_fee_rate, late_fee_from, late_fee_settled, late_fee_cap_fen, late_fee_paid_fen, snapshot)
SELECT %(tenant_id)s, b.community_id, b.account_id, a.unit_id, %(fee_item_id)s, b.id, 'PERIODIC',
       daterange(m.starts_on, m.ends_on), b.issued_on, m.ends_on - 1, b.amount_fen / 12, 0, 0.0003, m.ends_on - 1, 0,
       b.amount_fen / 12, 0, '{"late_fee": {"rate": "0.0003", "cap_ratio": "1.00", "grace_days": 0}}'
  FROM charges_bill b
  JOIN charges_account a ON a.tenant_id = %(tenant_id)s AND a.id = b.account_id
 CROSS JOIN (SELECT month::date AS starts_on, (month + interval '1 month')::date AS ends_on
               FROM generate_series(%(from_on)s::date, %(to_on)s::date - 1, interval '1 month') AS month) AS m
 WHERE b.tenant_id = %(tenant_id)s AND b.kind = 'PREPAYMENT'
