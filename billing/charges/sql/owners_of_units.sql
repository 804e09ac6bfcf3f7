-- Who owned some units, or pays for them by agreement, from when to when.
SELECT o.unit_id, o.party_id, p.kind = 'DEVELOPER', lower(o.held), upper(o.held), o.pays
  FROM owners_ownership o
  JOIN owners_party p ON p.tenant_id = o.tenant_id AND p.id = o.party_id
 WHERE o.tenant_id = %(tenant_id)s AND ((o.role = 'OWNER' AND o.rank = 1) OR o.pays) AND o.unit_id = ANY (%(unit_ids)s::bigint[])
 ORDER BY o.unit_id, lower(o.held)
