"""The life of periods in the plain model: opened, rated, objected to, closed, by a person or by the calendar."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from tests.faults.model import A_DAY, SERVING, Complaint, Model, Row, Term, term

OBJECT_IN_TIME, OBJECT_TOO_LATE = 13, 45
"""Days after the receipt on which an objection surely is in time, and surely late, whatever the holidays."""


def letter(code: str) -> str:
    """The kind of a period: Q or M; nothing for a year."""
    return "" if len(code) == len("2026") else "Q" if "Q" in code else "M"


def quarter(period: Term) -> tuple[int, int]:
    """The quarter in which a part of a year begins."""
    return period.starts.year, (period.starts.month - 1) // 3


@dataclass
class Life(Model):
    """The model with what can be done to periods; each deed gives the code of its refusal, or nothing."""

    def pending(self, code: str) -> list[Complaint]:
        """The undecided objections of a period."""
        return [one for one in self.complaints if one.code == code and one.decision is None]

    def wanted(self) -> list[tuple[date, str, date, int, str]]:
        """What the calendar asks for by today, in its order: on which day, what, and of which period."""
        codes: list[str] = []
        for year in range(2026, self.today.year + 1):
            parts = [*(f"{year}-Q{n}" for n in range(1, 5)), *(f"{year}-{n:02}" for n in range(1, 13))]
            codes += [f"{year}", *(one for one in parts if letter(one) in self.letters(term(one)))]
        found = []
        for code in {*codes, *self.terms}:
            known = self.terms.get(code)
            one = known or term(code)
            number = int(code[5:].lstrip("Q") or 0)
            if known is None and one.starts <= self.today and self.anybody(one):
                found.append((one.starts, "open", one.starts, number, code))
            asked = known is not None and known.state == "open"
            if (asked or (known is None and self.anybody(one))) and one.window_ends < self.today:
                found.append((one.window_ends + A_DAY, "close", one.starts, number, code))
        return sorted(found)

    def anybody(self, period: Term) -> bool:
        """Whether there is, or ever was, anybody of the employment that a period is for."""
        period.takes = self.taken_by(period)
        return any(self.takes(period, nip) for nip in self.people)

    def taken_by(self, period: Term) -> str:
        """Whom a period that is opened now is for."""
        full, part = (one == letter(period.code) for one in self.letters(period))
        return "everybody" if full == part else "full_time" if full else "part_time"

    def letters(self, period: Term) -> tuple[str, str]:
        """The kinds of periods of the two groups in the quarter of a period: as it began there, else as it is set."""
        found = {"full_time": self.cadence, "part_time": self.part_time or self.cadence}
        for which, group in enumerate(found):
            for one in self.terms.values():
                same = quarter(one) == quarter(period) and one.takes in ("everybody", group)
                if same and letter(one.code) == one.asked[which]:
                    found[group] = letter(one.code)
                    break
        return found["full_time"], found["part_time"]

    def set_cadences(self, cadence: str, part_time: str) -> str:
        """The agency asks for other periods from now on."""
        if (cadence, part_time) != (self.cadence, self.part_time):
            self.cadence, self.part_time, self.asked_since = cadence, part_time, self.today
        return ""

    def circles(self, period: Term, nips: Iterable[str], days: Iterable[date] = ()) -> bool:
        """Whether people would appraise each other in turn in a period, and by the order of each of some days."""
        nips = list(nips)
        counted, rated = self.days_of(period)
        if not self.circle({nip: self.rater(nip, counted, rated)[0] for nip in nips}):
            return False
        return all(
            self.circle({nip: self.rater(nip, day, day)[0] for nip in nips if self.serves(nip, day)}) for day in days
        )

    def take_in(self, period: Term, day: date, *, gone_today: bool, days: Iterable[date] = ()) -> str:
        """Take into a period who was in service on a day; of those who left today it is not known since when."""
        found = [
            nip
            for nip, who in self.people.items()
            if self.serves(nip, day)
            and nip not in period.rows
            and not (gone_today and who.standing.now not in SERVING and who.standing.steps[-1][0] == self.today)
        ]
        if self.circles(period, found, days):
            return "assessor-circle"
        joining = [nip for nip in found if self.takes(period, nip)]
        if not joining and not period.rows:
            return "nobody-to-appraise"
        for nip in joining:
            period.rows[nip] = self.fresh(period, nip)
        if period.code not in self.terms:
            period.asked = (self.cadence, self.part_time or self.cadence)
            self.terms[period.code] = period
            self.head(period)
        return ""

    def open(self, code: str, *, joiners: bool) -> str:
        """Somebody opens a period, or adds to it."""
        known = self.terms.get(code)
        if known is None and joiners:
            return "period-unknown"
        if known is not None and known.state == "closed":
            return "period-closed"
        period = known or term(code)
        if known is None:
            period.opened_on, period.takes = self.today, self.taken_by(period)
        return self.take_in(period, min(max(self.today, period.starts), period.ends), gone_today=True)

    def roll_over(self, *, allow_unrated: bool) -> tuple[list[str], list[str]]:
        """The calendar opens and closes what is due, and follows; the codes of what it opened and closed."""
        opened: list[str] = []
        closed: list[str] = []
        for day, deed, _starts, _number, code in self.wanted():
            if deed == "open":
                period = term(code)
                since = max(self.began, self.asked_since) if letter(code) else self.began
                period.opened_on, period.calendar, period.takes = max(day, since), True, self.taken_by(period)
                refused = self.take_in(period, day, gone_today=False, days=(day, self.today))
                if refused == "nobody-to-appraise" and period.takes != "everybody":
                    continue
                if refused:
                    return opened, closed
                opened.append(code)
            elif (known := self.terms.get(code)) and known.state == "open" and not known.reopened:
                self.follow(known)
                if (allow_unrated or not known.unrated) and not self.pending(code):
                    known.state = "closed"
                    closed.append(code)
        self.follow_all()
        return opened, closed

    def close(self, code: str, *, allow_unrated: bool) -> str:
        """Somebody closes a period; one that is closed stays as it is."""
        period = self.terms.get(code)
        if period is None:
            return "period-unknown"
        if period.state == "closed":
            return ""
        self.follow(period)
        refused = "objections-open" if self.pending(code) else ""
        if period.unrated and not allow_unrated:
            refused = refused or "period-unrated"
        if not refused:
            period.state, period.reopened = "closed", False
        return refused

    def reopen(self, code: str) -> str:
        """Somebody opens a closed period again."""
        period = self.terms.get(code)
        if period is None:
            return "period-unknown"
        if period.state == "open":
            return "period-open"
        period.state, period.reopened = "open", True
        return ""

    def rate(self, nip: str, code: str, pair: tuple[str, str], *, rated_on: date | None, late: bool) -> str:
        """Somebody is rated, in time or late, or corrected."""
        period = self.terms.get(code)
        if period is None or period.state == "closed":
            return "period-unknown" if period is None else "period-closed"
        if nip not in period.rows:
            return "not-in-period"
        old, now = period.rows[nip], self.fresh(period, nip)
        if now.out_on is not None:
            return "person-left"
        # What nobody can give anew stays where it was given.
        stays = self._standing(nip, code, old, late=late) or (not late and self._out_of_time(period, rated_on))
        at = old if stays else replace(now, rated_by=old.rated_by, final_rule=old.final_rule)
        new = replace(at, hasil=pair[0], perilaku=pair[1])
        refused = ""
        if late:
            refused, new = self._late(period, nip, old, new)
        elif new != old:
            by_region = new.rule == "region_head"
            rater = None if by_region else new.assessor
            new = replace(new, rated_by=rater, final_rule="region_head" if by_region else None)
        if not refused and new != old:
            refused = self._standing(nip, code, old, late=late)
        if not refused and not late and new != old:
            refused = self._out_of_time(period, rated_on)
        if not refused:
            period.rows[nip] = new
        return refused

    def _standing(self, nip: str, code: str, old: Row, *, late: bool) -> str:
        """Whether a rating stands: objected to, decided, or given by the superior, who alone corrects it."""
        for one in self.complaints:
            if (one.nip, one.code) == (nip, code):
                return "objection-pending" if one.decision is None else "decision-stands"
        return "rated-late" if old.final_rule == "late" and not late else ""

    def _out_of_time(self, period: Term, rated_on: date | None) -> str:
        """Whether the assessor comes too late, or names a day on which nobody could rate."""
        if rated_on is not None:
            return "" if period.evaluated <= rated_on <= min(period.window_ends, self.today) else "rated-outside"
        return "window-ended" if self.today > period.window_ends and not period.back_filled else ""

    def _late(self, period: Term, nip: str, old: Row, new: Row) -> tuple[str, Row]:
        """The superior rates after the window."""
        if self.today <= period.window_ends:
            return "window-not-ended", old
        if old.hasil is not None and old.final_rule is None and not period.back_filled:
            return "rated-in-time", old
        known, superior = self.superior(period.code, nip, row=new)
        if not known:
            return "superior-unknown", old
        rule = "region_head" if new.rule == "region_head" else "late"
        return "", replace(new, rated_by=superior, final_rule=rule)

    def complain(self, nip: str, code: str, received: date, *, anyway: bool) -> str:
        """Somebody objects today to a result received some days ago."""
        period = self.terms.get(code)
        if period is None:
            return "period-unknown"
        if nip not in period.rows:
            return "not-in-period"
        row = period.rows[nip]
        if row.hasil is None:
            return "objection-unrated"
        if row.final_rule is not None:
            return "objection-final"
        for one in self.complaints:
            if (one.nip, one.code) == (nip, code):
                return "objection-pending" if one.decision is None else "objection-decided"
        if (self.today - received).days >= OBJECT_TOO_LATE and not anyway:
            return "objection-late"
        self.complaints.append(Complaint(nip, code))
        return ""

    def decide(self, number: int, pair: tuple[str, str] | None) -> str:
        """An objection is decided: upheld, or changed to another pair of ratings."""
        if number > len(self.complaints):
            return "objection-unknown"
        one = self.complaints[number - 1]
        if one.decision is not None:
            return "objection-decided"
        period = self.terms[one.code]
        row = period.rows[one.nip]
        known, superior = self.superior(one.code, one.nip, row.rated_by)
        if not known:
            return "superior-unknown"
        if pair is not None:
            if period.state == "closed":
                return "period-closed"
            if pair == (row.hasil, row.perilaku):
                return "usage"
            period.rows[one.nip] = replace(row, hasil=pair[0], perilaku=pair[1], rated_by=superior)
        one.decision = "upheld" if pair is None else "changed"
        return ""
