-- The bills of one block of a run.
INSERT INTO charges_bill (
    id, tenant_id, community_id, account_id, run_id, kind, number, period, issued_on, due_on, amount_fen, void_reason)
SELECT b.id, %(tenant_id)s, %(community_id)s, b.account_id, %(run_id)s, %(kind)s, b.number,
       daterange(b.starts_on, b.ends_on), %(issued_on)s, b.due_on, b.amount_fen, ''
  FROM unnest(%(id)s::bigint[], %(account_id)s::bigint[], %(number)s::text[], %(starts_on)s::date[],
              %(ends_on)s::date[], %(due_on)s::date[], %(amount_fen)s::bigint[])
       AS b (id, account_id, number, starts_on, ends_on, due_on, amount_fen)
