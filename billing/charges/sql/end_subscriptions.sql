-- No unit of a community pays anything from a day on.
WITH mine AS (
  SELECT s.id, s.held FROM charges_subscription s
    JOIN charges_tariff t ON t.tenant_id = s.tenant_id AND t.id = s.tariff_id
   WHERE s.tenant_id = %(tenant_id)s AND t.community_id = %(community_id)s
     AND (upper(s.held) IS NULL OR upper(s.held) > %(end_on)s)
), gone AS (
  DELETE FROM charges_subscription s USING mine
   WHERE s.tenant_id = %(tenant_id)s AND s.id = mine.id AND lower(mine.held) >= %(end_on)s
)
UPDATE charges_subscription s SET held = daterange(lower(mine.held), %(end_on)s)
  FROM mine
 WHERE s.tenant_id = %(tenant_id)s AND s.id = mine.id
   AND (lower(mine.held) IS NULL OR lower(mine.held) < %(end_on)s)
