-- The month's charge of each bill; one account in `one_in` has not paid.
INSERT INTO charges_charge (
    tenant_id, community_id, account_id, unit_id, fee_item_id, bill_id, kind, period, issued_on, due_on, amount_fen,
    settled_fen, late_fee_rate, late_fee_from, late_fee_settled, late_fee_cap_fen, late_fee_paid_fen, snapshot)
SELECT %(tenant_id)s, b.community_id, b.account_id, a.unit_id, %(fee_item_id)s, b.id, 'PERIODIC', b.period,
       b.issued_on, b.due_on, b.amount_fen, CASE WHEN a.id %% %(one_in)s = 0 THEN 0 ELSE b.amount_fen END, 0.0003,
       b.due_on, 0, b.amount_fen, 0, '{"late_fee": {"rate": "0.0003", "cap_ratio": "1.00", "grace_days": 0}}'
  FROM charges_bill b
  JOIN charges_account a ON a.tenant_id = %(tenant_id)s AND a.id = b.account_id
 WHERE b.tenant_id = %(tenant_id)s
