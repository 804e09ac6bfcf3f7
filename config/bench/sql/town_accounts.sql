-- An account for each unit and its first owner.
INSERT INTO charges_account (tenant_id, community_id, unit_id, party_id, opened_on)
SELECT %(tenant_id)s, %(community_id)s, o.unit_id, o.party_id, %(from_on)s
  FROM owners_ownership o
  JOIN owners_unit u ON u.id = o.unit_id AND u.community_id = %(community_id)s
 WHERE o.rank = 1
 ORDER BY o.unit_id
