"""Every day an owner named stands among the promises, with the reason when it does not hold the ladder."""

from django.db import migrations, models

# What was said on the phone or at the door and did not hold the ladder stood with the call or visit only.
SAID = """
INSERT INTO cases_promise (tenant_id, case_id, account_id, made_on, promised_on, amount_fen, by_id, doubt)
SELECT s.tenant_id, s.case_id, s.account_id, s.made_on, s.promised_on, s.amount_fen, s.by_id,
       CASE WHEN s.promised_on > s.made_on + 15 THEN 'promise_too_far' ELSE 'too_many_promises' END
  FROM (SELECT tenant_id, case_id, account_id, (at AT TIME ZONE 'Asia/Shanghai')::date AS made_on,
               promised_on, overdue_fen AS amount_fen, by_id
          FROM cases_call WHERE promised_on IS NOT NULL
        UNION ALL
        SELECT tenant_id, case_id, account_id, "on", promised_on, 0, by_id
          FROM cases_visit WHERE promised_on IS NOT NULL) AS s
 WHERE s.promised_on >= s.made_on
   AND NOT EXISTS (SELECT 1 FROM cases_promise p
                    WHERE p.tenant_id = s.tenant_id AND p.case_id = s.case_id
                      AND p.made_on = s.made_on AND p.promised_on = s.promised_on)
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0004_steps_by_request")]

    operations = [
        migrations.AddField(
            model_name="promise",
            name="doubt",
            field=models.CharField(blank=True, default="", max_length=30),
        ),
        migrations.RunSQL(SAID, migrations.RunSQL.noop),
    ]
