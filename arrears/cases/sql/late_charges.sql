-- Charges with principal past due of some accounts, oldest due first, with what their late fee follows from.
-- A hundred thousand of them are read on a bad night: plain columns, and no more than are needed.
SELECT c.account_id, c.id, c.kind, c.due_on, c.amount_fen - c.settled_fen, c.amount_fen,
       (c.late_fee_rate * 100000000)::bigint, c.late_fee_from, (c.late_fee_settled * 100000000)::bigint,
       c.late_fee_cap_fen, c.late_fee_paid_fen + c.late_fee_waived_fen, c.snapshot -> 'late_fee' ->> 'cap_ratio',
       coalesce((c.snapshot -> 'late_fee' ->> 'grace_days')::int, 0)
  FROM charges_charge c
 WHERE c.tenant_id = %(tenant_id)s AND c.account_id = ANY (%(account_ids)s::bigint[]) AND c.reversed_on IS NULL
   AND c.settled_fen < c.amount_fen AND c.due_on < %(as_of)s
 ORDER BY c.due_on, c.id
