-- One row per account that owes something past due or has an open case: all that decide() must know, and
-- what has become of the open step's notice. D from the demand on counts from anchor_on: the due day or ten
-- days after the bill was delivered; opening charges have no bill to wait for.
--
-- A rung counts while its document lists the first charge that is still owed (from the demand on: the first
-- that may be demanded), so a level falls by itself when what it was about is paid. A promise counts only
-- for what was past due when it was made, and only one that is not in doubt (too late a day, one too many).
--
-- What is disputed on the day is in no figure here: a charge of which all is disputed is as if it were not there,
-- of another only the rest counts. These rows are few; the account is marked, so that its case stays open.
--
-- Rows come community by community: a block of them then needs one contract and one series of numbers.
--
-- Sorting within 100,000 groups is what would cost here, so "the first by day, then by id" is the minimum of
-- one number: days * 2^40 + id. Months are told apart by blocks of 28 days: no two begin in the same block.
WITH disputed AS MATERIALIZED (
  SELECT x.account_id, x.charge_id, x.amount_fen
    FROM cases_disputedcharge x
   WHERE x.tenant_id = %(tenant_id)s AND x.held @> %(as_of)s::date
     AND (%(account_ids)s::bigint[] IS NULL OR x.account_id = ANY (%(account_ids)s))
), open AS (
  SELECT c.account_id, c.community_id, c.id, c.amount_fen - c.settled_fen - coalesce(x.amount_fen, 0) AS unpaid_fen,
         c.due_on, c.kind, upper(c.period) - lower(c.period) <= 31 AS monthly, lower(c.period) AS month
    FROM charges_charge c
    LEFT JOIN disputed x ON x.charge_id = c.id
   WHERE c.tenant_id = %(tenant_id)s AND c.reversed_on IS NULL
     AND c.settled_fen < c.amount_fen AND c.due_on < %(as_of)s
     AND c.amount_fen - c.settled_fen > coalesce(x.amount_fen, 0)
     AND (%(account_ids)s::bigint[] IS NULL OR c.account_id = ANY (%(account_ids)s))
), delivered AS (
  SELECT charge_id, min(n.delivered_on) AS "on"
    FROM (SELECT DISTINCT account_id FROM open) AS o
    JOIN notices_notice n ON n.account_id = o.account_id, unnest(n.charge_ids) AS charge_id
   WHERE n.tenant_id = %(tenant_id)s AND n.kind = 'BILL_NOTICE' AND n.delivered_on IS NOT NULL
   GROUP BY charge_id
), late AS (
  SELECT c.account_id, c.community_id, c.id, c.unpaid_fen, c.due_on, c.monthly, c.month,
         CASE WHEN c.kind = 'OPENING' THEN c.due_on
              WHEN d.on IS NOT NULL THEN greatest(c.due_on, d.on + %(lead_days)s) END AS anchor_on
    FROM open c
    LEFT JOIN delivered d ON d.charge_id = c.id
), owed AS (
  SELECT account_id, min(community_id) AS community_id, sum(unpaid_fen)::bigint AS overdue_fen,
         min(due_on) AS oldest_due_on, min(anchor_on) AS anchor_on,
         bit_count(bit_or(1::bigint << ((month - DATE '2000-01-01') / 28 %% 63))
                     FILTER (WHERE monthly AND anchor_on < %(as_of)s)::bit(64)) AS months,
         min((due_on - DATE '2000-01-01')::bigint << 40 | id) & (1::bigint << 40) - 1 AS oldest_id,
         min((anchor_on - DATE '2000-01-01')::bigint << 40 | id)
           FILTER (WHERE anchor_on < %(as_of)s) & (1::bigint << 40) - 1 AS formal_id
    FROM late GROUP BY account_id
), walked AS (
  SELECT k.id AS case_id, coalesce(k.account_id, o.account_id) AS account_id,
         coalesce(k.community_id, o.community_id) AS community_id, k.collector_id, k.ladder_id,
         o.overdue_fen, o.oldest_due_on, o.anchor_on, o.months, o.oldest_id, o.formal_id
    FROM (SELECT id, account_id, community_id, collector_id, ladder_id FROM cases_case
           WHERE tenant_id = %(tenant_id)s AND closed_on IS NULL
             AND (%(account_ids)s::bigint[] IS NULL OR account_id = ANY (%(account_ids)s))) AS k
    FULL JOIN owed o ON o.account_id = k.account_id
), rung AS (
  SELECT w.case_id, s.level, max(s.id) AS last_id,
         max(s."on") FILTER (WHERE s.event IN ('DUE', 'PROPOSED')) AS opened_on,
         max(s."on") FILTER (WHERE s.event = 'TAKEN' AND s.charge_ids @> ARRAY[
           CASE WHEN s.level < %(formal_from)s THEN w.oldest_id ELSE w.formal_id END]) AS taken_on,
         max(s.id) FILTER (WHERE s.event = 'TAKEN') < max(s.id) FILTER (WHERE s.event = 'VOID') AS undone
    FROM walked w JOIN cases_step s ON s.tenant_id = %(tenant_id)s AND s.case_id = w.case_id
   GROUP BY w.case_id, s.level
), standing AS (
  SELECT case_id, max(last_id) AS last_id, max(opened_on) AS last_opened_on,
         max(level::bigint << 40 | taken_on - DATE '2000-01-01') FILTER (WHERE undone IS NOT TRUE) AS taken
    FROM rung GROUP BY case_id
), held AS (
  SELECT account_id, array_agg(kind::text) AS kinds, array_agg(to_on) AS until
    FROM cases_hold
   WHERE tenant_id = %(tenant_id)s AND from_on <= %(as_of)s AND (to_on IS NULL OR to_on >= %(as_of)s)
     AND (released_on IS NULL OR released_on > %(as_of)s) AND NOT only_listed
   GROUP BY account_id
), promised AS (
  SELECT DISTINCT ON (case_id) case_id, promised_on, made_on, left_fen
    FROM cases_promise
   WHERE tenant_id = %(tenant_id)s AND doubt = ''
     AND (%(account_ids)s::bigint[] IS NULL OR account_id = ANY (%(account_ids)s))
   ORDER BY case_id, made_on DESC, id DESC
), relaxed AS (
  SELECT case_id, array_agg(level) AS levels, array_agg(opens_on) AS days
    FROM cases_relaxation
   WHERE tenant_id = %(tenant_id)s AND from_on <= %(as_of)s AND opens_on > %(as_of)s
     AND (ended_on IS NULL OR ended_on > %(as_of)s)
   GROUP BY case_id
)
SELECT w.account_id, w.case_id, w.community_id, w.collector_id, coalesce(w.overdue_fen, 0), w.oldest_due_on,
       w.anchor_on, coalesce(w.months, 0), w.oldest_id, w.formal_id,
       coalesce(t.taken >> 40, 0), DATE '2000-01-01' + (t.taken & (1::bigint << 40) - 1)::int, t.last_opened_on,
       s.level, s.event, s."on", s.notice_id,
       CASE WHEN s.event IN ('DUE', 'PROPOSED', 'APPROVED', 'SENT') THEN s.charge_ids END,
       n.state, (n.sent_at AT TIME ZONE 'Asia/Shanghai')::date, n.gates_open_on, n.reason_code,
       p.promised_on, h.kinds, h.until, tried.since, y.account_id IS NOT NULL, w.ladder_id, r.levels, r.days
  FROM walked w
  LEFT JOIN standing t ON t.case_id = w.case_id
  LEFT JOIN cases_step s ON s.tenant_id = %(tenant_id)s AND s.id = t.last_id
  LEFT JOIN notices_notice n ON n.tenant_id = %(tenant_id)s AND n.id = s.notice_id
                            AND s.event IN ('DUE', 'APPROVED', 'SENT')
  LEFT JOIN promised p ON p.case_id = w.case_id AND w.oldest_due_on < p.made_on
   AND (p.left_fen = 0 OR p.left_fen <  -- a promise of a part is over when that part is paid
       (SELECT coalesce(sum(c.amount_fen - c.settled_fen), 0) FROM charges_charge c
              WHERE c.tenant_id = %(tenant_id)s AND c.account_id = w.account_id AND c.reversed_on IS NULL
                AND c.settled_fen < c.amount_fen AND c.due_on < p.made_on))
  LEFT JOIN held h ON h.account_id = w.account_id
  LEFT JOIN (SELECT DISTINCT account_id FROM disputed) AS y ON y.account_id = w.account_id
  LEFT JOIN relaxed r ON r.case_id = w.case_id
  LEFT JOIN LATERAL (
    SELECT min((l.at AT TIME ZONE 'Asia/Shanghai')::date) AS since FROM cases_call l
     WHERE s.code = 'CALL' AND s.event = 'DUE' AND l.tenant_id = %(tenant_id)s AND l.case_id = w.case_id
       AND l.at >= s."on"::timestamp AT TIME ZONE 'Asia/Shanghai'
  ) AS tried ON s.code = 'CALL' AND s.event = 'DUE'
 ORDER BY w.community_id
