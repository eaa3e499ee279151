"""What refusals mean that come with late ratings, documents, deadlines and objections."""

from collections.abc import Mapping
from typing import Final

from kinerja_cli.actions.meaning import Refusal
from kinerja_cli.errors import N_, Exit

EVALUATION: Final[Mapping[str, Refusal]] = {
    "objection-unknown": Refusal(
        Exit.NOT_FOUND,
        N_("There is no such objection."),
        N_("Objections are numbered in the order in which they were recorded. `kinerja objection list` shows them."),
    ),
    "document-order": Refusal(
        Exit.REJECTED,
        N_("Two days of a document stand in the wrong order."),
        N_("A document is signed, then handed over, received and returned; it is reported after it was signed."),
    ),
    "document-day": Refusal(
        Exit.REJECTED,
        N_("A day of a document lies before the window of its period, or in the future."),
        N_("The window opens as many days before the end of the period as the setting window_days_before says."),
    ),
    "objection-day": Refusal(
        Exit.REJECTED,
        N_("The days of an objection stand in the wrong order, or in the future."),
        N_("The document is received, then the objection filed, then decided."),
    ),
    "document-unrated": Refusal(
        Exit.REFUSED,
        N_("There is no evaluation document of somebody who is not rated."),
        N_("Record the rating first. Without --nip those who are not rated are passed over."),
    ),
    "window-ended": Refusal(
        Exit.REFUSED,
        N_("The window of the period has ended, so the assessor can no longer rate in it."),
        N_(
            "Two ways are left: --rated-on DATE says that it was rated in time and is only written down now; --late is "
            "the rating of the assessor's superior, which is final. Periods opened after their own window, to write "
            "down what is long past, are not concerned; nor are recaps of e-Kinerja."
        ),
    ),
    "window-not-ended": Refusal(
        Exit.REFUSED,
        N_("The superior cannot rate late while the assessor can still rate."),
        N_("`kinerja period list` shows when each window ends."),
    ),
    "rated-outside": Refusal(
        Exit.REFUSED,
        N_("--rated-on names a day on which the period could not be rated in time."),
        N_(
            "It lies within the window: from as many days before the end of the period as the setting "
            "window_days_before says until the window's last day, and not in the future."
        ),
    ),
    "rated-in-time": Refusal(
        Exit.REFUSED,
        N_("Somebody rated within the window cannot be rated late by the superior."),
        N_("A late rating is final and would take the objection away. A wrong result is changed by an objection."),
    ),
    "rater-not-assessor": Refusal(
        Exit.REFUSED,
        N_("A rating is given by the assessor, or by whoever the assessor handed it to, and by nobody else."),
        N_(
            "Without --by it counts as given by the assessor. `kinerja staff delegate` records that another official "
            "rates, `kinerja staff set NIP --assessor NIP` that somebody else is the superior."
        ),
    ),
    "rated-late": Refusal(Exit.REFUSED),
    "decision-stands": Refusal(Exit.REFUSED),
    "rater-not-superior": Refusal(
        Exit.REFUSED,
        N_("A late rating is given by the assessor's superior and by nobody else."),
        N_("Without --by it counts as given by the superior; the message names who that is."),
    ),
    "superior-unknown": Refusal(
        Exit.REFUSED,
        N_("The rules do not say who stands above the assessor."),
        N_(
            "Neither the roster nor the unit tree leads further up. Name the superior with --by, or the head of a unit."
        ),
    ),
    "study-not-failed": Refusal(
        Exit.REFUSED,
        N_("--study-failed is said of somebody who is not on study leave."),
        N_("It is for people whose standing is `study` (tugas belajar)."),
    ),
    "study-failed-limit": Refusal(
        Exit.REFUSED,
        N_("After a study that was not completed only Kurang or Sangat Kurang can be given."),
        N_("PermenPANRB 6/2022 Lampiran IV.B.3: the assessor chooses between the two, considering behaviour."),
    ),
    "carry-refused": Refusal(
        Exit.REFUSED,
        N_("The result of another period cannot be used here."),
        N_("--carry is for people who moved within a month or quarter, and takes the one before; never for a year."),
    ),
    "objection-unrated": Refusal(
        Exit.REFUSED,
        N_("There is no result to object to yet."),
        N_("An objection is made to a rating on record."),
    ),
    "objection-final": Refusal(
        Exit.REFUSED,
        N_("The result is final, so that no objection can be made."),
        N_("Final is what the superior rated after the window, and what the head of the region rated."),
    ),
    "objection-pending": Refusal(
        Exit.REFUSED,
        N_("An objection to the result waits for its decision."),
        N_("Until it is decided no other objection is taken, and the rating is changed by the decision alone."),
    ),
    "objection-decided": Refusal(
        Exit.REFUSED,
        N_("The objection has been decided."),
        N_("The regulation knows no appeal after the decision of the assessor's superior."),
    ),
    "objection-late": Refusal(
        Exit.REFUSED,
        N_("The objection comes after its last day, the 14th working day after receipt of the document."),
        N_("--record-anyway keeps it on record as late. `kinerja settings get count_from` says where counting begins."),
    ),
    "objection-receipt": Refusal(
        Exit.REFUSED,
        N_("Another day of receipt is on record than the one given."),
        N_("`kinerja score dates` corrects the day on record."),
    ),
    "decider-not-superior": Refusal(
        Exit.REFUSED,
        N_("An objection is decided by the assessor's superior and by nobody else."),
        N_("Without --by it counts as decided by the superior; the message names who that is."),
    ),
    "receipt-stands": Refusal(
        Exit.REFUSED,
        N_("The day of receipt stands, since an objection was judged by it."),
        N_(
            "An objection is in time within 14 working days of the receipt. While undecided it follows a day that is "
            "corrected; after the decision the day stands."
        ),
    ),
    "decider-involved": Refusal(
        Exit.REFUSED,
        N_("Whoever objects, or gave the rating, cannot decide on the objection."),
        N_("The superior of the assessor decides."),
    ),
    "objections-open": Refusal(
        Exit.REFUSED,
        N_("The period cannot be closed while objections in it are undecided."),
        N_("Decide them, or set close_with_objections to allow: then they are marked in the result of closing."),
    ),
}
"""Those refusals by their code."""
