-- Charges of some accounts with unpaid principal or late fee, oldest due first: as plain columns, for a bad
-- night reads a hundred thousand of them. Two partial indexes, so two reads.
WITH c AS (
  SELECT c.* FROM charges_charge c
   WHERE c.tenant_id = %(tenant_id)s AND c.account_id = ANY (%(account_ids)s::bigint[])
     AND c.reversed_on IS NULL AND c.settled_fen < c.amount_fen
  UNION ALL
  SELECT c.* FROM charges_charge c
   WHERE c.tenant_id = %(tenant_id)s AND c.account_id = ANY (%(account_ids)s::bigint[])
     AND c.reversed_on IS NULL AND c.settled_fen = c.amount_fen AND c.late_fee_settled > c.late_fee_paid_fen + c.late_fee_waived_fen
)
SELECT c.id, c.account_id, c.unit_id, c.community_id, i.name, c.kind, lower(c.period), upper(c.period),
       c.issued_on, c.due_on, c.amount_fen, c.amount_fen - c.settled_fen,
       (c.late_fee_rate * 100000000)::bigint, c.bill_id, coalesce(b.number, ''), c.snapshot::text,
       i.id, i.code,
       c.late_fee_from, (c.late_fee_settled * 100000000)::bigint, c.late_fee_cap_fen,
       c.late_fee_paid_fen + c.late_fee_waived_fen,
       c.snapshot -> 'late_fee' ->> 'cap_ratio', coalesce((c.snapshot -> 'late_fee' ->> 'grace_days')::int, 0),
       c.late_fee_paid_fen
  FROM c
  JOIN charges_feeitem i ON i.tenant_id = %(tenant_id)s AND i.id = c.fee_item_id
  LEFT JOIN charges_bill b ON b.tenant_id = %(tenant_id)s AND b.id = c.bill_id
 ORDER BY c.due_on, c.id
