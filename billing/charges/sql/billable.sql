-- What a run over a community must look at, in walking order: one row per unit and tariff it pays in the window
-- (a unit that pays none: one row without a tariff, with the day from which it will), who owned it, their accounts and older debts, and which
-- days of the fee item are billed already. Nearly every unit has one owner: `more` is made only for the others.
-- An occupant who pays by agreement stands beside the owners.
-- A unit_id narrows all of it to one unit.
WITH debt AS (
    SELECT c.account_id, sum(c.amount_fen - c.settled_fen)::bigint AS fen
      FROM charges_charge c
     WHERE c.reversed_on IS NULL AND c.settled_fen < c.amount_fen AND c.community_id = %(community_id)s
       AND (%(unit_id)s IS NULL OR c.unit_id = %(unit_id)s)
     GROUP BY c.account_id
), owned AS (
    SELECT o.unit_id,
           count(*) AS owners,
           min(o.party_id) AS party_id, min(p.name) AS name, bool_or(p.kind = 'DEVELOPER') AS is_developer,
           min(lower(o.held)) AS start_on, min(upper(o.held)) AS end_on,
           min(a.id) AS account_id, coalesce(min(d.fen), 0) AS debt_fen,
           CASE WHEN count(*) > 1 THEN
               json_agg(json_build_array(o.party_id, p.name, p.kind = 'DEVELOPER', lower(o.held), upper(o.held),
                                         a.id, coalesce(d.fen, 0)) ORDER BY lower(o.held))
           END AS more
      FROM owners_ownership o
      JOIN owners_unit u ON u.id = o.unit_id AND u.community_id = %(community_id)s
      JOIN owners_party p ON p.id = o.party_id
      LEFT JOIN charges_account a ON a.unit_id = o.unit_id AND a.party_id = o.party_id
      LEFT JOIN debt d ON d.account_id = a.id
     WHERE o.role = 'OWNER' AND o.rank = 1
       AND (%(unit_id)s IS NULL OR o.unit_id = %(unit_id)s)
       AND o.held && daterange(%(owned_from)s, %(window_to)s)
     GROUP BY o.unit_id
), agreed AS (
    SELECT o.unit_id,
           json_agg(json_build_array(o.party_id, p.name, false, lower(o.held), upper(o.held), a.id, coalesce(d.fen, 0))
                    ORDER BY lower(o.held)) AS payers
      FROM owners_ownership o
      JOIN owners_unit u ON u.id = o.unit_id AND u.community_id = %(community_id)s
      JOIN owners_party p ON p.id = o.party_id
      LEFT JOIN charges_account a ON a.unit_id = o.unit_id AND a.party_id = o.party_id
      LEFT JOIN debt d ON d.account_id = a.id
     WHERE o.pays AND (%(unit_id)s IS NULL OR o.unit_id = %(unit_id)s)
       AND o.held && daterange(%(owned_from)s, %(window_to)s)
     GROUP BY o.unit_id
), billed AS (
    SELECT c.unit_id, c.fee_item_id, json_agg(json_build_array(lower(c.period), upper(c.period))) AS taken
      FROM charges_charge c
     WHERE c.community_id = %(community_id)s AND c.ends_on > %(window_from)s AND c.reversed_on IS NULL
       AND lower(c.period) < %(window_to)s AND (%(unit_id)s IS NULL OR c.unit_id = %(unit_id)s)
     GROUP BY c.unit_id, c.fee_item_id
), paying AS (
    SELECT s.unit_id, s.tariff_id, s.fee_item_id, lower(s.held) AS held_from, upper(s.held) AS held_to
      FROM charges_subscription s
      JOIN owners_unit u ON u.id = s.unit_id AND u.community_id = %(community_id)s
     WHERE s.held && daterange(%(window_from)s, %(window_to)s)
       AND (%(unit_id)s IS NULL OR s.unit_id = %(unit_id)s)
)
SELECT u.id, u.code, u.area_cm2, paying.tariff_id, paying.held_from, paying.held_to, billed.taken,
       coalesce(owned.owners, 0), owned.party_id, owned.name, owned.is_developer, owned.start_on, owned.end_on,
       owned.account_id, owned.debt_fen, owned.more,
       CASE WHEN paying.unit_id IS NULL THEN
           (SELECT min(lower(s.held)) FROM charges_subscription s
             WHERE s.tenant_id = u.tenant_id AND s.unit_id = u.id AND lower(s.held) >= %(window_to)s)
       END, agreed.payers
  FROM owners_unit u
  LEFT JOIN paying ON paying.unit_id = u.id
  LEFT JOIN owned ON owned.unit_id = u.id
  LEFT JOIN agreed ON agreed.unit_id = u.id
  LEFT JOIN billed ON billed.unit_id = u.id AND billed.fee_item_id = paying.fee_item_id
 WHERE u.community_id = %(community_id)s AND (%(unit_id)s IS NULL OR u.id = %(unit_id)s)
   AND (u.retired_on IS NULL OR u.retired_on > %(window_from)s)
 ORDER BY u.sort_key, u.id, paying.fee_item_id
