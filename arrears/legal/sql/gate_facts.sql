-- What the gates must know of an account beside the ladder: money on its way, the bank's last word, who held the unit,
-- and fee items that bear no late fee.
SELECT coalesce(
         (SELECT 'bank_line' FROM banking_bankline l
           WHERE l.tenant_id = %(tenant_id)s AND l.account_id = a.id AND l.state IN ('NEW', 'PROPOSED', 'SUSPENSE') LIMIT 1),
         (SELECT 'debit' FROM banking_debititem d
           WHERE d.tenant_id = %(tenant_id)s AND d.account_id = a.id AND d.result = '' LIMIT 1), ''),
       EXISTS (SELECT FROM banking_statementfile f
                WHERE f.tenant_id = %(tenant_id)s AND f.community_id = a.community_id),
       (SELECT (max(f.imported_at) AT TIME ZONE 'Asia/Shanghai')::date FROM banking_statementfile f
         WHERE f.tenant_id = %(tenant_id)s AND f.community_id = a.community_id),
       ARRAY(SELECT c.id FROM charges_charge c
              WHERE c.tenant_id = %(tenant_id)s AND c.id = ANY (%(charge_ids)s::bigint[])
                AND NOT EXISTS (SELECT FROM owners_ownership o
                                 WHERE o.tenant_id = %(tenant_id)s AND o.unit_id = c.unit_id
                                   AND o.party_id = a.party_id AND o.held && c.period)),
       ARRAY(SELECT i.id FROM charges_feeitem i WHERE i.tenant_id = %(tenant_id)s AND NOT i.bears_late_fee)
  FROM charges_account a
 WHERE a.tenant_id = %(tenant_id)s AND a.id = %(account_id)s
