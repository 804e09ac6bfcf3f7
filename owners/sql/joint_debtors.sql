-- Who is liable with a debtor for a unit, and from when to when: owners named after the first, and all owners where
-- an occupant pays by agreement. Of some units, or of a community; nearly every unit has none.
SELECT mine.unit_id, mine.party_id, o.party_id, p.name,
       greatest(lower(mine.held), lower(o.held)), least(upper(mine.held), upper(o.held))
  FROM owners_ownership o
  JOIN owners_ownership mine ON mine.tenant_id = o.tenant_id AND mine.unit_id = o.unit_id
   AND mine.party_id <> o.party_id AND mine.held && o.held
   AND (mine.pays OR (mine.role = 'OWNER' AND mine.rank = 1 AND o.rank > 1))
  JOIN owners_unit u ON u.tenant_id = o.tenant_id AND u.id = o.unit_id
  JOIN owners_party p ON p.tenant_id = o.tenant_id AND p.id = o.party_id
 WHERE o.tenant_id = %(tenant_id)s AND o.role = 'OWNER'
   AND (o.rank > 1 OR EXISTS (SELECT FROM owners_ownership k
                               WHERE k.tenant_id = o.tenant_id AND k.unit_id = o.unit_id AND k.pays))
   AND (%(community_id)s::bigint IS NULL OR u.community_id = %(community_id)s)
   AND (%(unit_ids)s::bigint[] IS NULL OR o.unit_id = ANY (%(unit_ids)s::bigint[]))
 ORDER BY mine.unit_id, mine.party_id, o.rank, lower(o.held), o.party_id
