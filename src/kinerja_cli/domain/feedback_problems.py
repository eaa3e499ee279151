"""Everything that can be wrong with a row of feedback: a code, its sentence, how to mend it and what it means."""

from typing import Final

from kinerja_cli.errors import N_, ProblemKind, Severity

_E, _W, _N = Severity.ERROR, Severity.WARNING, Severity.NOTE

NOBODY: Final = ProblemKind(
    "feedback-nobody",
    _E,
    N_("The feedback is on nobody: the row has no NIP."),
    N_("{suggestion}Fill in the NIP of the person it is about, or take the row out if it is about an office."),
    N_("Feedback belongs to a person, known by the NIP. What is said of an office or a service is no feedback."),
)
PERSON_UNKNOWN: Final = ProblemKind(
    "feedback-person-unknown",
    _E,
    N_("NIP {value} is not on the roster, so the feedback is on nobody."),
    N_("{suggestion}Check the NIP, or import the roster that has this person first."),
    N_("Feedback is only taken on people the store knows. Where the name is known, its NIP is proposed."),
)
NAME_DIFFERS: Final = ProblemKind(
    "feedback-name-differs",
    _W,
    N_("The feedback is on {name} by its NIP ({nip}), but names {value}."),
    N_("Check that the NIP stands on the right row."),
    N_("The NIP decides whom feedback is on; a different name may mean a shifted row or the name of the giver."),
)
TEXT_MISSING: Final = ProblemKind(
    "feedback-text-missing",
    _E,
    N_("The row has no feedback, though it says from whom or about what."),
    N_("Fill in the words of the feedback, or take the row out."),
    N_("Feedback is what somebody says. A giver, an aspect or a tone alone says nothing."),
)
BLANK: Final = ProblemKind(
    "feedback-blank",
    _N,
    N_("Rows without feedback, left out: {count}, the first is row {first}."),
    N_("Nothing to do if nothing was to be said there."),
    N_("Rows with a name alone, or with a choice dragged down beside no name, are not filled in yet."),
)
GIVER_MISSING: Final = ProblemKind(
    "feedback-giver-missing",
    _E,
    N_("The row does not say from whom the feedback comes."),
    N_("Write Pimpinan, Rekan kerja, Bawahan, Masyarakat or Pihak lain, or say it for all rows with --from."),
    N_("The regulation counts feedback by who gives it (PermenPANRB 6/2022 Pasal 18); it is never guessed."),
)
GIVERS_MISSING: Final = ProblemKind(
    "feedback-givers-missing",
    _E,
    N_("No column says from whom the feedback comes; rows that cannot be taken: {count}."),
    N_("Say it for all rows with --from, for example --from masyarakat, or add a column Dari."),
    N_("The regulation counts feedback by who gives it (PermenPANRB 6/2022 Pasal 18); a list of one side lacks it."),
)
GIVER_UNKNOWN: Final = ProblemKind(
    "feedback-giver-unknown",
    _E,
    N_("{value} is no giver of feedback{suggestion}."),
    N_("Write Pimpinan, Rekan kerja, Bawahan, Masyarakat or Pihak lain."),
    N_("Givers are pimpinan, rekan, bawahan, masyarakat and pihak lain, in any usual spelling."),
)
PUBLIC: Final = ProblemKind(
    "feedback-public",
    _N,
    N_("The sheet is a list of reports from the public; rows taken as from Masyarakat: {count}."),
    N_("Nothing to do. The names of those who report are not read."),
    N_("Exports of LAPOR! and the like have no column for the giver, since all of them are citizens."),
)
PUBLIC_FROM: Final = ProblemKind(
    "feedback-public-from",
    _E,
    N_("The sheet is a list of reports from the public; rows that cannot be taken as from {value}: {count}."),
    N_("Leave --from away, or say --from masyarakat. If it is another list, take the headings of complaints out."),
    N_("Reports that came in through LAPOR! and the like are those of citizens; nobody can make colleagues of them."),
)
ASPECT_UNKNOWN: Final = ProblemKind(
    "feedback-aspect-unknown",
    _E,
    N_("{value} is no aspect of feedback{suggestion}."),
    N_("Write Hasil kerja or one of the BerAKHLAK values, such as Akuntabel, or leave the cell empty."),
    N_("An aspect is hasil kerja, or one of the seven BerAKHLAK values of perilaku kerja."),
)
TONE_UNKNOWN: Final = ProblemKind(
    "feedback-tone-unknown",
    _E,
    N_("{value} is no tone of feedback{suggestion}."),
    N_("Write Positif, Netral or Negatif, or leave the cell empty."),
    N_("A tone says whether feedback praises, only tells, or complains; it is never read out of the words."),
)
ANONYMOUS_UNKNOWN: Final = ProblemKind(
    "feedback-anonymous-unknown",
    _E,
    N_("{value} does not say whether the giver wants to remain anonymous."),
    N_("Write Ya or Tidak; an empty cell means Tidak."),
    N_("Whether a giver may be named is never guessed at: a name once kept cannot be unsaid."),
)
DAY_IMPOSSIBLE: Final = ProblemKind(
    "feedback-day-impossible",
    _E,
    N_("{value} is no date on which feedback was given."),
    N_("Write it as 31-12-2026, 31/12/2026, 31 Desember 2026 or 2026-12-31."),
    N_("The calendar has no such day, or the cell holds no date. Dates are read day first."),
)
DAY_FUTURE: Final = ProblemKind(
    "feedback-day-future",
    _E,
    N_("The feedback is of {value}, which lies in the future."),
    N_("Correct the day on which it was given."),
    N_("Feedback cannot have been given on a day that has not come."),
)
DAY_BEFORE_SERVICE: Final = ProblemKind(
    "feedback-day-before-service",
    _E,
    N_("The feedback is of {value}, but by the NIP {name} was appointed in {since}."),
    N_("Correct the year of the day; perhaps the century is wrong."),
    N_("Nobody can be given feedback on their work before they had it. The NIP tells year and month of appointment."),
)
DAY_LONG_AGO: Final = ProblemKind(
    "feedback-day-long-ago",
    _W,
    N_("The feedback is of {value}, more than two years ago."),
    N_("Check the year; if it is right there is nothing to do."),
    N_("Feedback is mostly of the year that is being appraised; an old day is often a slip of the keyboard."),
)
DAY_MISSING: Final = ProblemKind(
    "feedback-day-missing",
    _E,
    N_("The row has no date, and today lies outside of {period}, which the sheet names."),
    N_("Fill in the day on which the feedback was given."),
    N_("Feedback belongs to the period of its day. Where a sheet is of a period, today cannot stand in for it."),
)
DAY_OUTSIDE: Final = ProblemKind(
    "feedback-day-outside",
    _W,
    N_("The feedback is of {value}, outside of {period}, which the sheet names."),
    N_("Check the day; the feedback counts for the period in which it lies."),
    N_("The title of a sheet names a period, and the day in the row does not lie in it."),
)
UNDATED: Final = ProblemKind(
    "feedback-undated",
    _N,
    N_("Rows without a date: {count}; today, {value}, was taken."),
    N_("Nothing to do if it was given today; otherwise fill in the day."),
    N_("Feedback without a date counts as given on the day of its import."),
)
PERIOD_CLOSED: Final = ProblemKind(
    "feedback-period-closed",
    _E,
    N_("The feedback is of {value}, which lies in {period}, and {period} is closed."),
    N_("Correct the day, or reopen the period with `kinerja period reopen {period} --reason TEXT`."),
    N_("Nothing is added to a period that is closed, by no path."),
)
GIVER_NOT_FOUND: Final = ProblemKind(
    "feedback-giver-not-found",
    _E,
    N_("The giver {value} is no NIP on the roster."),
    N_("Write all 18 digits, or the name in place of the number; of a citizen the cell may stay empty."),
    N_("A giver named by a number must be known. Numbers such as NIK and telephone are not needed and not taken."),
)
SELF: Final = ProblemKind(
    "feedback-self",
    _E,
    N_("{name} cannot give feedback on themself."),
    N_("Correct the giver, or take the row out; a namesake is told apart by the NIP."),
    N_("Nobody gives feedback on themself. A namesake is told apart by the NIP."),
)
GIVER_GONE: Final = ProblemKind(
    "feedback-giver-gone",
    _E,
    N_("{name} has left the service and cannot give feedback from within it."),
    N_("Write Pihak lain, with the name in place of the NIP."),
    N_(
        "Who has left the service gives no feedback as a leader, peer or subordinate. What they have to say can be "
        "kept as pihak_lain, under their name."
    ),
)
REPEATED: Final = ProblemKind(
    "feedback-repeated",
    _N,
    N_("The same feedback on {name} stands in {count} rows: {places}."),
    N_("Nothing to do; it was taken once, as the first row has it."),
    N_("The same words of the same giver on the same person and day are one piece of feedback."),
)
KEPT_OTHERWISE: Final = ProblemKind(
    "feedback-kept-otherwise",
    _W,
    N_("This feedback on {name} is kept with another aspect or tone; it was left as it was."),
    N_("Nothing to do if what is kept is right; see it with `kinerja feedback list {nip}`."),
    N_("An import adds feedback and never rewrites what is kept."),
)
LONG: Final = ProblemKind(
    "feedback-long",
    _W,
    N_("The feedback has {count} characters; it was kept whole."),
    N_("Check that the cell holds one feedback and not a whole document."),
    N_("Feedback of more than 4,000 characters is kept, but nobody reads it in a list."),
)
PERSONAL: Final = ProblemKind(
    "feedback-personal",
    _N,
    N_("The feedback holds what looks like {what}, which nobody needs to appraise."),
    N_("Take it out of the text; with --dry-run it is seen before anything is kept."),
    N_(
        "Names, numbers and addresses of those who report (NIK, telephone, e-mail) do not belong into an appraisal "
        "(UU 27/2022)."
    ),
)
CELL_UNREADABLE: Final = ProblemKind(
    "feedback-cell-unreadable",
    _E,
    N_("The cell shows {value}, which is no value."),
    N_("Open the file, let it calculate, and save it; or type the value in."),
    N_("A formula that was never calculated, or an error such as #REF!, says nothing that could be taken."),
)
