"""The commands about the store itself: its proof, its backups, its health, its schema."""

from gettext import gettext as _

from kinerja_cli.cli import audit, backups, database, disclosures, doctor, retention
from kinerja_cli.cli.entry import Entry

COMMANDS = (
    Entry(
        "audit",
        "verify",
        audit.audit_verify,
        _("Verify every operation, and every row against what was recorded of it."),
        "kinerja audit verify --anchor jangkar.json",
    ),
    Entry(
        "audit",
        "head",
        audit.audit_head,
        _("Show the end of the chain, to be kept outside the store."),
        "kinerja audit head --anchor jangkar.json",
    ),
    Entry(
        "audit",
        "verifier",
        audit.audit_verifier,
        _("Write a verifier in plain Python for an auditor."),
        "kinerja audit verifier -o verify.py",
    ),
    Entry(
        "incident",
        "report",
        disclosures.incident_report,
        _("Tell which people's data left when, by whom, with a draft of the notice."),
        "kinerja incident report --from 2026-07-01 --to 2026-07-31 -o insiden.md",
    ),
    Entry(
        "retention",
        "plan",
        retention.retention_plan,
        _("List what is past its retention: periods, feedback, people who left."),
        "kinerja retention plan --as-of 2027-01-01",
    ),
    Entry(
        "retention",
        "apply",
        retention.retention_apply,
        _("Erase what is past its retention, from the ledger too; only shown without --yes."),
        'kinerja retention apply --yes --reason "Berita acara pemusnahan 12/2027"',
    ),
    Entry(
        "backup",
        "create",
        backups.backup_create,
        _("Make a backup: a verified copy, with its hash and head beside it."),
        "kinerja backup create --keep daily=7,weekly=4,monthly=12",
    ),
    Entry("backup", "list", backups.backup_list, _("List backups, the newest first."), "kinerja backup list"),
    Entry(
        "backup",
        "verify",
        backups.backup_verify,
        _("Check one backup: its hash, its inside, its head."),
        "kinerja backup verify kinerja-20260105T170000Z.db",
    ),
    Entry(
        "backup",
        "restore",
        backups.backup_restore,
        _("Put a backup back, elsewhere or over the store after a safety copy."),
        "kinerja backup restore kinerja-20260105T170000Z.db --to percobaan.db",
    ),
    Entry(
        "backup",
        "drill",
        backups.backup_drill,
        _("Rehearse a restore of the newest backup and compare it with the store."),
        "kinerja backup drill",
    ),
    Entry(
        "",
        "doctor",
        doctor.doctor,
        _("Look the store over: file, disk, clock, schema, backups."),
        "kinerja doctor",
    ),
    Entry("db", "info", database.db_info, _("Show where the store is, its schema and its size."), "kinerja db info"),
    Entry(
        "db",
        "upgrade",
        database.db_upgrade,
        _("Bring the store's schema up to date, after a verified copy."),
        "kinerja db upgrade",
    ),
)
"""In the order in which they are shown."""
