-- Who and where: all that messages, documents and requests say about accounts, in the order one walks.
SELECT a.id, a.community_id, m.code, m.name, m.address, a.unit_id, u.code, u.area_cm2, u.handover_on,
       a.party_id, p.name, p.kind, p.domicile, p.id_number, p.no_calls,
       coalesce((SELECT array_agg(i.text ORDER BY i.recorded_on, i.id) FROM owners_legacyissue i
                  WHERE i.tenant_id = a.tenant_id AND i.unit_id = a.unit_id AND i.closed_on IS NULL), '{}'),
       u.handover
  FROM charges_account a
  JOIN owners_community m ON m.tenant_id = a.tenant_id AND m.id = a.community_id
  JOIN owners_unit u ON u.tenant_id = a.tenant_id AND u.id = a.unit_id
  JOIN owners_party p ON p.tenant_id = a.tenant_id AND p.id = a.party_id
 WHERE a.tenant_id = %(tenant_id)s AND a.id = ANY (%(account_ids)s::bigint[])
 ORDER BY a.community_id, u.sort_key, a.id
