-- A block of a statement. A serial that is known stays as it is; the caller has compared the two.
INSERT INTO banking_bankline (
    tenant_id, community_id, bank_account_id, file_id, row, "on", amount_fen, payer_name, payer_account,
    payer_hash, payer_tail, serial, remark, state, score, reasons, note, reopened)
SELECT %(tenant_id)s, %(community_id)s, %(bank_account_id)s, %(file_id)s, line.row, line.day, line.amount_fen,
       line.payer, line.account, line.hash, line.tail, line.serial, line.remark, 'NEW', 0, '[]', '', 0
  FROM unnest(%(rows)s::int[], %(days)s::date[], %(amounts_fen)s::bigint[], %(payers)s::text[],
              %(accounts)s::bytea[], %(hashes)s::text[], %(tails)s::text[], %(serials)s::text[],
              %(remarks)s::text[])
       AS line (row, day, amount_fen, payer, account, hash, tail, serial, remark)
