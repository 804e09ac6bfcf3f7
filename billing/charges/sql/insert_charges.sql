-- The charges of one block. Days that are charged already (same unit, item and a common day) are an error:
-- ON CONFLICT would search the constraint a second time for every row.
INSERT INTO charges_charge (
    id, tenant_id, community_id, account_id, unit_id, fee_item_id, bill_id, kind, period, issued_on, due_on,
    amount_fen, settled_fen, late_fee_rate, late_fee_from, late_fee_settled, late_fee_cap_fen, late_fee_paid_fen,
    snapshot)
SELECT c.id, %(tenant_id)s, %(community_id)s, c.account_id, c.unit_id, c.fee_item_id, c.bill_id, %(kind)s,
       daterange(c.starts_on, c.ends_on), %(issued_on)s, c.due_on, c.amount_fen, 0, c.late_fee_rate,
       c.late_fee_from, 0, c.late_fee_cap_fen, 0, c.snapshot::jsonb
  FROM unnest(%(id)s::bigint[], %(account_id)s::bigint[], %(unit_id)s::bigint[], %(fee_item_id)s::bigint[],
              %(bill_id)s::bigint[], %(starts_on)s::date[], %(ends_on)s::date[], %(due_on)s::date[],
              %(amount_fen)s::bigint[], %(late_fee_rate)s::numeric[], %(late_fee_from)s::date[],
              %(late_fee_cap_fen)s::bigint[], %(snapshot)s::text[])
       AS c (id, account_id, unit_id, fee_item_id, bill_id, starts_on, ends_on, due_on, amount_fen,
             late_fee_rate, late_fee_from, late_fee_cap_fen, snapshot)
