-- Events of steps in the order given. Two rungs of one case never open on one day: the second is left out.
INSERT INTO cases_step (tenant_id, case_id, account_id, level, code, event, "on", because, because_params,
                        charge_ids, notice_id, approval_id, by_id, at)
SELECT %(tenant_id)s, s.case_id, s.account_id, s.level, s.code, s.event, s.day, s.because, s.params::jsonb,
       s.charge_ids::bigint[], s.notice_id, s.approval_id, %(by_id)s, now()
  FROM unnest(%(case_ids)s::bigint[], %(account_ids)s::bigint[], %(levels)s::smallint[], %(codes)s::text[],
              %(events)s::text[], %(days)s::date[], %(becauses)s::text[], %(params)s::text[],
              %(charge_ids)s::text[], %(notice_ids)s::bigint[], %(approval_ids)s::bigint[])
       WITH ORDINALITY AS s (case_id, account_id, level, code, event, day, because, params, charge_ids,
                             notice_id, approval_id, place)
 ORDER BY s.place
    ON CONFLICT DO NOTHING
