-- Transfers whose payment was taken back wait for a person again: the money still lies in the bank.
UPDATE banking_bankline line
   SET state = 'SUSPENSE', payment_id = NULL, account_id = NULL, score = 0, reasons = '["suspense.reversed"]',
       decided_by_id = NULL, decided_at = NULL, reopened = line.reopened + 1
  FROM payments_payment back
 WHERE line.tenant_id = %(tenant_id)s AND line.bank_account_id = %(bank_account_id)s AND line.state = 'MATCHED'
   AND back.tenant_id = line.tenant_id AND back.reverses_id = line.payment_id
