-- Accounts with unpaid principal past due on a day: how much, how many charges, since when.
SELECT a.id, a.community_id, a.unit_id, u.code, a.party_id, p.name,
       late.overdue_fen, late.charges, late.oldest_due_on
  FROM (SELECT c.account_id,
               sum(c.amount_fen - c.settled_fen)::bigint AS overdue_fen,
               count(*) AS charges,
               min(c.due_on) AS oldest_due_on
          FROM charges_charge c
         WHERE c.reversed_on IS NULL AND c.settled_fen < c.amount_fen AND c.due_on < %(as_of)s
           AND (%(community_id)s::bigint IS NULL OR c.community_id = %(community_id)s)
         GROUP BY c.account_id) late
  JOIN charges_account a ON a.id = late.account_id
  JOIN owners_unit u ON u.id = a.unit_id
  JOIN owners_party p ON p.id = a.party_id
 ORDER BY late.overdue_fen DESC, a.id
