-- Ten unpaid charges for each account, half a year each, the last of them due a year before the day.
INSERT INTO charges_charge (
    tenant_id, community_id, account_id, unit_id, fee_item_id, kind, period, issued_on, due_on, amount_fen,
    settled_fen, late_fee_rate, late_fee_from, late_fee_settled, late_fee_cap_fen, late_fee_paid_fen, snapshot)
SELECT %(tenant_id)s, a.community_id, a.id, a.unit_id, %(fee_item_id)s, 'OPENING', daterange(m.starts_on, m.ends_on),
       m.ends_on, m.ends_on, 100000, 0, 0, m.ends_on, 0, 0, 0, '{}'
  FROM charges_account a
 CROSS JOIN (SELECT (%(as_of)s::date - interval '6 months' * n - interval '1 year 6 months')::date AS starts_on,
                    (%(as_of)s::date - interval '6 months' * n - interval '1 year')::date AS ends_on
               FROM generate_series(0, 9) AS n) AS m
 WHERE a.tenant_id = %(tenant_id)s
