-- A block of a statement with what was decided about each line, so that a line is written once. Serials that are
-- known were left out by the caller, who has compared the two.
INSERT INTO banking_bankline (
    tenant_id, community_id, bank_account_id, file_id, row, "on", amount_fen, payer_name, payer_account,
    payer_hash, payer_tail, serial, remark, state, account_id, score, reasons, payment_id, note, reopened)
SELECT %(tenant_id)s, %(community_id)s, %(bank_account_id)s, %(file_id)s, line.row, line.day, line.amount_fen,
       line.payer, line.account, line.hash, line.tail, line.serial, line.remark, line.state, line.account_id, line.score,
       line.reasons::jsonb, line.payment_id, '', 0
  FROM unnest(%(rows)s::int[], %(days)s::date[], %(amounts_fen)s::bigint[], %(payers)s::text[],
              %(accounts)s::bytea[], %(hashes)s::text[], %(tails)s::text[], %(serials)s::text[],
              %(remarks)s::text[], %(states)s::text[], %(account_ids)s::bigint[], %(scores)s::int[],
              %(reasons)s::text[], %(payment_ids)s::bigint[])
       AS line (row, day, amount_fen, payer, account, hash, tail, serial, remark, state, account_id, score, reasons,
                payment_id)
