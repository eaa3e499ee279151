"""What `audit verify` can find: a code, its sentence, what to do, and what it means."""

from typing import Final

from kinerja_cli.errors import N_, ProblemKind, Severity

_E, _W, _N = Severity.ERROR, Severity.WARNING, Severity.NOTE

_LOOK = N_("Find out who had access to the file since; compare it with a backup from before (`kinerja history`).")

OPERATION_CHANGED: Final = ProblemKind(
    "audit-operation-changed",
    _E,
    N_("Operation {operation} was changed after it was recorded: its hash does not fit what it says."),
    _LOOK,
    N_("Every operation is hashed together with the one before it. Another program, or damage, has changed it."),
)
CHAIN_BROKEN: Final = ProblemKind(
    "audit-chain-broken",
    _E,
    N_("Operation {operation} does not follow the operation before it: it chains to another hash."),
    _LOOK,
    N_("Operations were deleted, inserted, swapped or changed by another program before this one."),
)
OPERATION_MISSING: Final = ProblemKind(
    "audit-operation-missing",
    _E,
    N_("Operations are missing: after number {before} comes number {operation}."),
    _LOOK,
    N_("Operations are numbered without gaps. Somebody has deleted some with another program."),
)
CHANGE_CHANGED: Final = ProblemKind(
    "audit-change-changed",
    _E,
    N_("What operation {operation} recorded of {row} was changed afterwards."),
    _LOOK,
    N_("Each recorded change is committed to by a salted hash. Its images, its key or its salt are no longer those."),
)
CHANGES_DIFFER: Final = ProblemKind(
    "audit-changes-differ",
    _E,
    N_("Operation {operation} recorded {recorded} changes; {found} are there, or not those."),
    _LOOK,
    N_("An operation commits to all its changes in their order. Some were deleted, added or put in another order."),
)
CHANGE_ORPHAN: Final = ProblemKind(
    "audit-change-orphan",
    _E,
    N_("There are changes of operation {operation}, which itself is not there."),
    _LOOK,
    N_("The operation was deleted and its changes were left, or the changes were put there by another program."),
)
PERSON_DIFFERS: Final = ProblemKind(
    "audit-person-differs",
    _E,
    N_("Operation {operation} files its change of {row} under another person ({found})."),
    _LOOK,
    N_("The column by which the history of a person is found was changed, so that a list by NIP leaves it out."),
)
EMPTIED: Final = ProblemKind(
    "audit-emptied",
    _E,
    N_("{found} recorded changes are emptied, but only {recorded} were emptied by an operation."),
    _LOOK,
    N_("Lawful erasure empties images and says in an operation how many. Here another program has emptied some."),
)
ERASED: Final = ProblemKind(
    "audit-erased",
    _N,
    N_("{found} recorded changes are lawfully emptied; what they held cannot be compared."),
    N_("Nothing is to be done."),
    N_("The images of people whose data was erased are gone; the chain still holds."),
)
ERASED_UNSEALED: Final = ProblemKind(
    "audit-erased-unsealed",
    _N,
    N_("Which changes are lawfully emptied is known by their number alone: kinerja erased them before it kept more."),
    N_("Nothing is to be done; the next `kinerja retention apply` that erases something seals them."),
    N_("Newer operations that erase keep a digest over everything that is emptied, so that nothing can be exchanged."),
)
ERASED_OTHERS: Final = ProblemKind(
    "audit-erased-others",
    _E,
    N_("Other changes are emptied than operation {operation} left so."),
    _LOOK,
    N_("Another program has emptied what was recorded, or has put back what was erased, and let the number fit."),
)
TIME_BACKWARDS: Final = ProblemKind(
    "audit-time-backwards",
    _W,
    N_("Operation {operation} was done at {found}, before the operation before it ({recorded})."),
    N_("Look at the clock of the machine that ran it. The order of the operations is that of their numbers."),
    N_("The times of operations run forward unless a clock was set back or two machines disagree."),
)
ROW_CHANGED: Final = ProblemKind(
    "audit-row-changed",
    _E,
    N_("{row}, {field}: recorded {recorded}, found {found}."),
    N_("Find out who changed it past kinerja. Put the recorded value back with the command for it, or use a backup."),
    N_("A value in the store is not the one that the last operation on this row has left."),
)
ROW_CHANGED_BEFORE: Final = ProblemKind(
    "audit-row-changed-before",
    _E,
    N_("{row}, {field}: recorded {recorded}, but operation {operation} met {found}."),
    _LOOK,
    N_("The value was changed past kinerja between two operations; the later one has noted what it met."),
)
ROW_MISSING: Final = ProblemKind(
    "audit-row-missing",
    _E,
    N_("{row} was recorded and is not there."),
    N_("Find out who deleted it past kinerja, and put the store of the last good backup back."),
    N_("A row that no operation has removed is gone."),
)
ROW_EXTRA: Final = ProblemKind(
    "audit-row-extra",
    _E,
    N_("{row} is there and was never recorded."),
    N_("Find out who added it past kinerja."),
    N_("No operation has made this row, or one has removed it."),
)
ROW_UNKNOWN: Final = ProblemKind(
    "audit-row-unknown",
    _W,
    N_("{row} cannot be compared: what was recorded of it is erased."),
    N_("Look at it yourself, if it matters."),
    N_("After lawful erasure the store does not know any more how the row should read."),
)
ROWS_DISAGREE: Final = ProblemKind(
    "audit-rows-disagree",
    _E,
    N_("The rows of {table} and what was recorded of them differ in their form."),
    _LOOK,
    N_("Images are kept in one spelling alone. Another program has written some in another one."),
)
FINGERPRINT: Final = ProblemKind(
    "audit-fingerprint",
    _E,
    N_("{period} is closed with the fingerprint {recorded}, but its ratings give {found}."),
    N_("Compare with the signed record of the closing, and look at the rows named beside this."),
    N_("The fingerprint of a closed period is a hash over the period and all its appraisals."),
)
CLOSED_CHANGED: Final = ProblemKind(
    "audit-closed-changed",
    _E,
    N_("Operation {operation} ({kind}) changed {row} although its period was closed."),
    _LOOK,
    N_("Only erasure past its retention touches a closed period. Another program has forged this operation."),
)
PERIOD_TURNED: Final = ProblemKind(
    "audit-period-turned",
    _E,
    N_("Operation {operation} ({kind}) took {row} from {recorded} to {found}, which no such operation may."),
    _LOOK,
    N_("Closing closes a period and reopening opens it. Another program has forged an operation that does so."),
)
READ_CHANGED: Final = ProblemKind(
    "audit-read-changed",
    _E,
    N_("Operation {operation} ({kind}) is noted as one that only read, and changed {row}."),
    _LOOK,
    N_("Lists and files of people are noted without any row being changed. Another program has forged this one."),
)
CLOSING_DIFFERS: Final = ProblemKind(
    "audit-closing-differs",
    _E,
    N_(
        "Its closing record says that {period} was closed with the fingerprint {recorded}; now it is {found}, and it "
        "was not reopened after operation {operation}."
    ),
    N_("Compare with the signed record of the closing, and look at the history of this period since."),
    N_("A closed period keeps its fingerprint until it is reopened or erased past its retention."),
)
SCHEMA_MISSING: Final = ProblemKind(
    "audit-schema-missing",
    _E,
    N_("The {kind} {name} is missing from the store."),
    N_("Another program has dropped it. Put the last good backup back, and look at every finding beside this."),
    N_("Triggers guard the ledger and closed periods, tables hold the data. What kinerja made must be there."),
)
SCHEMA_CHANGED: Final = ProblemKind(
    "audit-schema-changed",
    _E,
    N_("The {kind} {name} is not as kinerja made it."),
    N_("Another program has altered it. Put the last good backup back, and look at every finding beside this."),
    N_("A table without its rules, or a guard that does nothing, lets wrong data in."),
)
TRIGGER_FOREIGN: Final = ProblemKind(
    "audit-trigger-foreign",
    _E,
    N_("The trigger {name} is none of kinerja's."),
    N_("Find out who added it and what it does; drop it with the program that made it."),
    N_("A trigger changes rows whenever others are written, so no other program's belongs in the store."),
)
SCHEMA_EXTRA: Final = ProblemKind(
    "audit-schema-extra",
    _W,
    N_("The {kind} {name} is none of kinerja's."),
    N_("Find out who added it. It changes nothing, but a store should hold nothing else."),
    N_("Another program has added a table, a view or an index."),
)
SCHEMA_STRANGE: Final = ProblemKind(
    "audit-schema-strange",
    _E,
    N_("The schema of the store holds what neither kinerja nor SQLite writes there: {kind} {name}."),
    N_("Another program has written into the schema itself. Put the last good backup back."),
    N_("What is written past SQL under a false name or kind can be a trigger that changes what is written."),
)
SCHEMA_VERSION: Final = ProblemKind(
    "audit-schema-version",
    _E,
    N_("The table {table} says {found} where this schema has {recorded}."),
    N_("Another program has changed it. Put the last good backup back, or the value that is missing."),
    N_("The store notes which steps have led to its schema; the next upgrade goes on from there."),
)
INDEX: Final = ProblemKind(
    "audit-index",
    _E,
    N_("{table}: its indexes do not fit its rows ({reason})."),
    N_("Lists and reports may be wrong. Put the last good backup back, and compare the reports made since."),
    N_("Reports are read by way of indexes. One that tells otherwise than its table makes them false."),
)
UNREADABLE: Final = ProblemKind(
    "audit-unreadable",
    _E,
    N_("{table} cannot be read through: {reason}."),
    N_("Do not write to the store. Keep a copy of it as it is, and put the last good backup back."),
    N_("Part of the file is damaged, or another program has altered it so that it cannot be read."),
)
TAIL_CUT: Final = ProblemKind(
    "audit-tail-cut",
    _E,
    N_("The anchor of operation {operation} ({at}) lies behind the end: the last operation is {found}."),
    N_("Operations were cut off, or an older copy was put back. Compare with backups and the signed records."),
    N_("An anchor remembers outside the store how far the chain went."),
)
REWRITTEN: Final = ProblemKind(
    "audit-rewritten",
    _E,
    N_(
        "The anchor of operation {operation} ({at}) says {recorded}, the store says {found}: the chain was rewritten, "
        "{since}."
    ),
    N_(
        "Everything after the last anchor that fits may be forged; if none fits, everything. Compare with backups and "
        "the signed records."
    ),
    N_("Whoever recomputes all later hashes makes a chain that fits itself, but no anchor from before."),
)
ANCHOR_FOREIGN: Final = ProblemKind(
    "audit-anchor-foreign",
    _E,
    N_("The anchor of operation {operation} ({at}) is of another store ({recorded}, this one is {found})."),
    N_("Give the anchors of this store; if they are, the whole store was replaced."),
    N_("Every store has an id of its own, given when it was made."),
)
MORE: Final = ProblemKind(
    "audit-more",
    _E,
    N_("There are {found} findings more than are listed."),
    N_("So many hint at one cause. Compare with a backup."),
    N_("A list of findings ends after a hundred thousand."),
)
MANIFEST_UNWRITTEN: Final = ProblemKind(
    "manifest-unwritten",
    _W,
    N_("{period} is closed, but its closing record could not be written to {file} ({reason})."),
    N_(
        "Run `kinerja period close {period} --manifest FILE` again: it writes the record and changes nothing. "
        "`kinerja period show {period}` and `kinerja audit head` show the fingerprint and the head."
    ),
    N_("The closing record holds the fingerprint and the head of the chain, to be kept outside the store."),
)
MANIFEST_ASIDE: Final = ProblemKind(
    "manifest-aside",
    _W,
    N_("{taken} is there already and says something else, so the closing record of {period} was written to {file}."),
    N_(
        "Look at both, and keep both: the other may be of a closing that an older backup has taken back since. "
        "The new one is what the store says now."
    ),
    N_("A closing record is never written over, since it may be the only proof of what was closed."),
)
