-- Accounts that a block of transfers may mean: by unit, by building and room, by a holder's name, by the bank
-- account that paid before. Each branch is driven by an index.
WITH paid (account_id, hashes) AS MATERIALIZED (
    SELECT l.account_id, array_agg(DISTINCT l.payer_hash)
      FROM banking_bankline l
     WHERE l.tenant_id = %(tenant_id)s AND l.state = 'MATCHED' AND l.payer_hash <> ''
       AND l.payer_hash = ANY (%(hashes)s::text[])
     GROUP BY l.account_id
), meant (unit_id) AS MATERIALIZED (
    SELECT unnest(%(unit_ids)s::bigint[])
    UNION
    SELECT u.id FROM owners_unit u
     WHERE u.tenant_id = %(tenant_id)s AND u.code = ANY (%(codes)s::text[])
    UNION
    SELECT u.id
      FROM unnest(%(buildings)s::text[], %(rooms)s::text[]) AS reading (building, room)
      JOIN owners_building b ON b.tenant_id = %(tenant_id)s AND b.community_id = %(community_id)s AND b.name = reading.building
      JOIN owners_unit u ON u.tenant_id = b.tenant_id AND u.building_id = b.id AND u.room = reading.room
    UNION
    SELECT o.unit_id
      FROM owners_party p
      JOIN owners_ownership o ON o.tenant_id = p.tenant_id AND o.party_id = p.id
     WHERE p.tenant_id = %(tenant_id)s AND p.name_key = ANY (%(names)s::text[])
    UNION
    SELECT a.unit_id FROM paid JOIN charges_account a ON a.tenant_id = %(tenant_id)s AND a.id = paid.account_id
)
SELECT a.id, u.id, u.code, COALESCE(b.name, ''), u.entrance, u.room, a.closed_on IS NOT NULL, p.name, p.name_key,
       ARRAY(SELECT h.name_key
               FROM owners_ownership o
               JOIN owners_party h ON h.tenant_id = o.tenant_id AND h.id = o.party_id
              WHERE o.tenant_id = u.tenant_id AND o.unit_id = u.id AND upper_inf(o.held)),
       COALESCE(paid.hashes, '{}')
  FROM meant
  JOIN owners_unit u ON u.tenant_id = %(tenant_id)s AND u.id = meant.unit_id
   AND u.community_id = %(community_id)s AND u.retired_on IS NULL
  JOIN charges_account a ON a.tenant_id = u.tenant_id AND a.unit_id = u.id
  JOIN owners_party p ON p.tenant_id = a.tenant_id AND p.id = a.party_id
  LEFT JOIN owners_building b ON b.tenant_id = u.tenant_id AND b.id = u.building_id
  LEFT JOIN paid ON paid.account_id = a.id
 ORDER BY a.id
