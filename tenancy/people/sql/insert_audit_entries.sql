-- Lines of the audit trail: one person did one thing to several.
INSERT INTO people_auditentry (tenant_id, at, user_id, action, object_kind, object_id, detail)
SELECT %(tenant_id)s, clock_timestamp(), %(user_id)s, %(action)s, entry.kind, entry.pk, entry.detail::jsonb
  FROM unnest(%(kinds)s::text[], %(pks)s::bigint[], %(details)s::text[])
       WITH ORDINALITY AS entry (kind, pk, detail, n)
 ORDER BY entry.n
