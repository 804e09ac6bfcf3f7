"""Files that are kept already get the community of what they are kept for; here, since here all is in sight."""

from django.db import migrations

# Table, the column that points to the file, and where its row finds the community.
_OWN = "o.community_id FROM {table} o"
_BY_ACCOUNT = "a.community_id FROM {table} o JOIN charges_account a ON a.id = o.account_id"
_BY_CASE = "k.community_id FROM {table} o JOIN cases_case k ON k.id = o.case_id"
_BY_NOTICE = "n.community_id FROM {table} o JOIN notices_notice n ON n.id = o.notice_id"
_BY_APPLICATION = "p.community_id FROM {table} o JOIN relief_application p ON p.id = o.application_id"
_BY_TICKET = (
    "t.community_id FROM {table} o JOIN relief_ticketevent e ON e.id = o.event_id"
    " JOIN relief_ticket t ON t.id = e.ticket_id"
)
_BY_STOP = "u.community_id FROM {table} o JOIN team_stop s ON s.id = o.stop_id JOIN owners_unit u ON u.id = s.unit_id"
_HELD = (
    ("notices_notice", "file_id", _OWN),
    ("notices_delivery", "photo_id", _BY_NOTICE),
    ("notices_delivery", "signature_id", _BY_NOTICE),
    ("charges_importbatch", "file_id", _OWN),
    ("charges_vacancy", "evidence_id", _OWN),
    ("payments_cashdeposit", "file_id", _OWN),
    ("banking_channelfile", "file_id", _OWN),
    ("banking_mandate", "file_id", _OWN),
    ("banking_debitbatch", "file_id", _OWN),
    ("banking_debitbatch", "return_file_id", _OWN),
    ("banking_invoicebatch", "file_id", _OWN),
    ("banking_invoicebatch", "result_file_id", _OWN),
    ("banking_invoice", "file_id", _OWN),
    ("banking_statementfile", "file_id", _OWN),
    ("cases_clockevent", "file_id", _BY_ACCOUNT),
    ("cases_visit", "photo_id", _BY_CASE),
    ("cases_visit", "signature_id", _BY_CASE),
    ("cases_hold", "proof_id", _BY_ACCOUNT),
    ("relief_proof", "file_id", _BY_APPLICATION),
    ("relief_plan", "scan_id", _BY_APPLICATION),
    ("relief_ticketfile", "file_id", _BY_TICKET),
    ("legal_bundle", "pdf_id", _OWN),
    ("legal_bundle", "archive_id", _OWN),
    ("legal_result", "file_id", _BY_CASE),
    ("legal_writeoff", "file_id", _BY_CASE),
    ("legal_gatenote", "file_id", _BY_CASE),
    ("legal_docketentry", "file_id", _BY_CASE),
    ("legal_publicnotice", "posted_photo_id", _OWN),
    ("legal_publicnotice", "removed_photo_id", _OWN),
    ("team_entry", "photo_id", _BY_STOP),
)


def _update(table: str, column: str, place: str) -> str:
    found = f"SELECT o.{column} AS file_id, {place.format(table=table)} WHERE o.{column} IS NOT NULL"
    return (
        f"UPDATE people_storedfile f SET community_id = x.community_id FROM ({found}) AS x"  # noqa: S608 - of the constants above
        " WHERE f.id = x.file_id AND f.community_id IS NULL"
    )


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0007_homes_of_files"),
        ("notices", "0007_signatures"),
        ("charges", "0013_costs"),
        ("payments", "0015_transfers"),
        ("banking", "0007_split_lines"),
        ("cases", "0012_case_of_collector"),
        ("legal", "0007_drafts"),
        ("relief", "0002_tickets"),
        ("team", "0002_rounds"),
        ("reports", "0002_walls"),
    ]

    operations = [migrations.RunSQL([_update(*held) for held in _HELD])]
