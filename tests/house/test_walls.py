"""Every table, foreign key and grant: asked of PostgreSQL, not of our code."""

from __future__ import annotations

import psycopg2
import pytest
from django.apps import apps
from django.db import DatabaseError, IntegrityError, ProgrammingError, connection, transaction

from owners.models import Building, Community, Unit
from tenancy.kernel.checks import powers_of_role
from tenancy.kernel.errors import NoTenant
from tenancy.kernel.scope import acting_for
from tests import databases

# Tables that belong to the platform, not to one company. Nothing else may stand outside the walls.
PLATFORM = {
    "auth_group", "auth_group_permissions", "auth_permission", "axes_accessattempt", "axes_accessattemptexpiration",
    "axes_accessfailurelog", "axes_accesslog", "django_content_type", "django_migrations", "django_session",
    "kernel_tenant", "people_apitoken", "people_historicalmembership", "people_jobrun", "people_membership",
    "people_portalcode", "people_portalgrant", "people_portalidentity", "people_portaltoken", "people_user",
}  # fmt: skip
APPEND_ONLY = {
    "people_auditentry", "notices_attempt", "notices_delivery", "payments_payment", "payments_allocation",
    "payments_creditentry", "payments_cashcount", "payments_cashdeposit", "payments_tender", "cases_step", "cases_call",
    "cases_visit", "cases_promise", "cases_clockevent", "cases_clockalert", "cases_limitationdecision", "legal_filing", "legal_result", "charges_meterreading",
    "cases_casereview",
    "legal_gatenote", "legal_review", "legal_docketentry", "legal_deadlinealert", "legal_evaluation",
    "cases_dial", "cases_judgement", "cases_rebase",
    "banking_channelrow", "charges_adjustment", "charges_waiverline", "payments_clearance",
    "team_sheetmark", "team_correction", "team_unsigned", "team_weekpack", "team_resolution", "team_resolutionend",
    "team_entry",
}  # fmt: skip


def _ask(sql: str, *params: object) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


def _tables() -> set[str]:
    return {name for (name,) in _ask("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")}


def test_every_table_is_behind_the_company_wall_or_on_the_platform_list(db):
    walled = {
        name
        for (name,) in _ask(
            "SELECT c.relname FROM pg_class c JOIN pg_policy p ON p.polrelid = c.oid"
            " WHERE c.relrowsecurity AND p.polname = 'company'"
        )
    }
    assert _tables() - walled == PLATFORM & _tables()
    assert not walled & PLATFORM


def test_the_company_wall_is_loud_and_the_same_everywhere(db):
    policies = {using for (using,) in _ask("SELECT qual FROM pg_policies WHERE policyname = 'company'")}
    assert policies == {
        "(tenant_id = ( SELECT (current_setting('app.tenant_id'::text))::bigint AS current_setting))"
    }


def test_every_foreign_key_between_company_tables_names_the_company(db):
    loose = _ask(
        """
        SELECT con.conname FROM pg_constraint con
          JOIN pg_class child ON child.oid = con.conrelid JOIN pg_class parent ON parent.oid = con.confrelid
         WHERE con.contype = 'f' AND child.relrowsecurity AND parent.relrowsecurity
           AND NOT EXISTS (SELECT 1 FROM pg_attribute a WHERE a.attrelid = child.oid
                            AND a.attnum = ANY (con.conkey) AND a.attname = 'tenant_id')
        """
    )
    assert loose == []


def test_every_foreign_key_of_the_models_exists_in_the_database(db):
    pinned = {
        (table, column)
        for table, column in _ask(
            """
            SELECT child.relname, a.attname FROM pg_constraint con
              JOIN pg_class child ON child.oid = con.conrelid
              JOIN pg_attribute a ON a.attrelid = child.oid AND a.attnum = ANY (con.conkey)
             WHERE con.contype = 'f'
            """
        )
    }
    missing = [
        f"{model._meta.db_table}.{field.column}"
        for model in apps.get_models()
        if not model.__name__.startswith("Historical") and model._meta.app_label != "auth"
        for field in model._meta.concrete_fields
        if field.many_to_one and field.name != "tenant" and (model._meta.db_table, field.column) not in pinned
    ]
    assert missing == []


def test_the_serving_role_owns_nothing_and_cannot_go_round_the_walls(db):
    assert powers_of_role() == []


def test_a_view_shows_no_more_than_its_reader_may_see(db):
    views = _ask(
        "SELECT relname, reloptions FROM pg_class WHERE relkind = 'v' AND relnamespace = 'public'::regnamespace"
    )
    assert views
    assert [name for name, options in views if "security_invoker=true" not in (options or [])] == []


def test_history_and_evidence_can_only_be_added_to(db):
    writable = {
        name
        for (name,) in _ask(
            "SELECT table_name FROM information_schema.role_table_grants"
            " WHERE grantee = 'pm_app' AND privilege_type IN ('UPDATE', 'DELETE')"
        )
    }
    history = {name for name in _tables() if "_historical" in name}
    assert history, "there are history tables"
    assert not (APPEND_ONLY | history) & writable


def test_a_query_without_a_company_raises_instead_of_returning_nothing(cast):
    with pytest.raises(NoTenant):
        Unit.objects.count()
    with pytest.raises(DatabaseError), transaction.atomic():
        _ask("SELECT count(*) FROM owners_unit")


def test_a_company_sees_only_its_own_rows(cast):
    with cast.jinxiu.open():
        assert {c.code for c in Community.objects.all()} == {"JX"}
    with cast.yunding.open():
        assert {c.code for c in Community.objects.all()} == {"YD"}


def test_a_row_cannot_be_written_into_another_company(cast):
    with cast.jinxiu.open(), pytest.raises(ProgrammingError), transaction.atomic():
        Community.objects.create(tenant=cast.yunding.tenant, code="X", name="x")


def test_a_row_cannot_point_into_another_company(cast):
    with cast.jinxiu.open(), pytest.raises(IntegrityError), transaction.atomic():
        Building.objects.create(community=cast.yunding.community, name="9", sort_key="9")


def test_two_companies_cannot_be_open_at_once(cast):
    with cast.jinxiu.open(), pytest.raises(NoTenant), cast.yunding.open():
        pass


def test_a_member_of_some_communities_sees_only_those(cast):
    with cast.jinxiu.open():
        other = Community.objects.create(code="J2", name="锦绣二期")
    with acting_for(cast.jinxiu.tenant.pk, communities=[other.pk]):
        assert [c.code for c in Community.objects.all()] == ["J2"]
        assert Unit.objects.count() == 0
    with cast.jinxiu.open():
        assert Unit.objects.count() == 4


def test_bulk_writes_are_recorded_in_history_with_who_did_it(cast):
    with cast.jinxiu.open("cashier"):
        Unit.objects.update(remark="改")
        rows = _ask("SELECT history_type, history_user_id FROM owners_historicalunit WHERE remark = '改'")
    assert rows == [("~", cast.jinxiu.people["cashier"].pk)] * 4


def test_the_start_is_refused_on_a_role_that_owns_the_tables(db):
    from django.conf import settings

    owner = databases.owner_connection(connection.settings_dict["NAME"])
    with owner.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT 1 FROM pg_class WHERE relrowsecurity AND relowner = (SELECT oid FROM pg_roles WHERE rolname = current_user))"
        )
        assert cursor.fetchone() == (True,)
    owner.close()
    assert settings.AS_OWNER is False
    assert isinstance(psycopg2.__version__, str)
