-- What was entered at the stops of a round: by whom, when by his clock and by ours, with the picture and the signature.
SELECT e.id, e.stop_id, e.kind, e.came_at, e.left_at, e.received_at, w.name, coalesce(v.second_person, ''),
       coalesce(v.by_manager, false), coalesce(v.result, d.result, ''), coalesce(v.reason_code, ''),
       coalesce(v.feedback, nullif(e.note, ''), d.note, ''), v.promised_on, e.skip_reason, e.visit_id, e.notice_id,
       coalesce(n.kind, ''), coalesce(n.number, ''), coalesce(d.method, ''), coalesce(d.delivered, false),
       coalesce(nullif(v.signer, ''), d.receiver, ''), coalesce(nullif(v.signer_name, ''), d.receiver_name, ''),
       coalesce(nullif(v.signer_relation, ''), d.relation, ''), coalesce(v.signature_id, d.signature_id),
       coalesce(v.photo_id, d.photo_id, e.photo_id), e.latitude, e.longitude
  FROM team_stop s
  JOIN team_entry e ON e.tenant_id = s.tenant_id AND e.stop_id = s.id
  JOIN people_user w ON w.id = e.by_id
  LEFT JOIN cases_visit v ON v.tenant_id = e.tenant_id AND v.id = e.visit_id
  LEFT JOIN notices_delivery d ON d.tenant_id = e.tenant_id AND d.id = e.delivery_id
  LEFT JOIN notices_notice n ON n.tenant_id = e.tenant_id AND n.id = e.notice_id
 WHERE s.tenant_id = %(tenant_id)s AND s.round_id = %(round_id)s
 ORDER BY s.position, e.id
