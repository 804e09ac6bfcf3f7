-- Offers for paying a year at once that stand on a day.
SELECT o.id, o.community_id, o.fee_item_id, i.name, o.year, o.share, upper(o.held) - 1, o.needs_clear,
       o.needs_good_standing
  FROM charges_discountoffer o
  JOIN charges_feeitem i ON i.tenant_id = %(tenant_id)s AND i.id = o.fee_item_id
 WHERE o.tenant_id = %(tenant_id)s AND o.stopped_on IS NULL AND o.held @> %(day)s::date
 ORDER BY o.year DESC, o.held DESC, o.id DESC
