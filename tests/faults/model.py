"""The performance year in plain Python: days and dictionaries, written from the rules and from nothing of kinerja.

Everything that holds for a time is a line of time: the days on which something began to be so. The program keeps
what has ended instead, so that the two can only agree where both are right.
"""

from bisect import bisect_right
from calendar import monthrange
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

SERVING = ("active", "study", "secondment")
PARENTS = {"U1": None, "U2": "U1", "U3": "U1"}
PREDIKAT = {
    ("diatas", "diatas"): "sangat_baik", ("diatas", "sesuai"): "baik", ("diatas", "dibawah"): "kurang",
    ("sesuai", "diatas"): "baik", ("sesuai", "sesuai"): "baik", ("sesuai", "dibawah"): "kurang",
    ("dibawah", "diatas"): "butuh_perbaikan", ("dibawah", "sesuai"): "butuh_perbaikan",
    ("dibawah", "dibawah"): "sangat_kurang",
}  # fmt: skip
ALWAYS = date.min
A_DAY = timedelta(days=1)
WINDOW = 14


class Line:
    """What holds on which day: each value from the day on which it began."""

    def __init__(self, value: str | None) -> None:
        self.steps: list[tuple[date, str | None]] = [(ALWAYS, value)]

    def on(self, day: date) -> str | None:
        """What held on a day."""
        return self.step(day)[1]

    def step(self, day: date) -> tuple[date, str | None]:
        """Since when that was so, and what."""
        return self.steps[bisect_right([since for since, _value in self.steps], day) - 1]

    def put(self, day: date, value: str | None) -> None:
        """Let something hold from a day on, whatever was thought of the days since."""
        before = [step for step in self.steps if step[0] < day]
        if day == ALWAYS:
            before = []
        self.steps = before if before and before[-1][1] == value else [*before, (day, value)]

    def slip_in(self, day: date, value: str | None) -> None:
        """Let something hold from a day on until the next change that is known."""
        if self.on(day) == value:
            return
        steps = [*(step for step in self.steps if step[0] < day), (day, value)]
        steps += [step for step in self.steps if step[0] > day]
        self.steps = [step for at, step in enumerate(steps) if at == 0 or steps[at - 1][1] != step[1]]

    @property
    def now(self) -> str | None:
        """What holds in the end."""
        return self.steps[-1][1]


@dataclass
class Person:
    """Somebody: standing and unit by days; the kind of post, where it leads a unit, and the employment stay."""

    nip: str
    standing: Line
    unit: Line
    post: str = "pelaksana"
    employment: str = "pns"


@dataclass(frozen=True)
class Spell:
    """Days on which something is arranged for a unit or a person."""

    about: str
    starts: date
    ends: date | None
    what: str

    def covers(self, day: date) -> bool:
        """Whether it holds on a day."""
        return self.starts <= day and (self.ends is None or day <= self.ends)

    def meets(self, other: "Spell") -> bool:
        """Whether the two hold on some day both."""
        return (self.ends is None or self.ends >= other.starts) and (other.ends is None or other.ends >= self.starts)


@dataclass(frozen=True)
class Row:
    """A person's part in a period, as the store shows it."""

    unit: str | None
    assessor: str | None
    rule: str
    out_on: date | None = None
    out_reason: str | None = None
    hasil: str | None = None
    perilaku: str | None = None
    rated_by: str | None = None
    final_rule: str | None = None

    @property
    def predikat(self) -> str | None:
        """What the two ratings come to."""
        return PREDIKAT[self.hasil, self.perilaku] if self.hasil and self.perilaku else None


@dataclass
class Term:
    """A period: its days, who is in it, and how it stands; `calendar` where rollover opened it.

    `asked` are the cadences of the two groups, all but part-timers and part-timers, that were set when it was opened.
    """

    code: str
    starts: date
    ends: date
    window_ends: date
    state: str = "open"
    opened_on: date = ALWAYS
    calendar: bool = False
    reopened: bool = False
    takes: str = "everybody"
    asked: tuple[str, str] = ("", "")
    rows: dict[str, Row] = field(default_factory=dict)
    heads: dict[str, str | None] = field(default_factory=dict)

    @property
    def evaluated(self) -> date:
        """The day on which its evaluation begins."""
        return max(self.starts, self.ends - WINDOW * A_DAY)

    @property
    def back_filled(self) -> bool:
        """Whether it was opened only after its window."""
        return self.opened_on > self.window_ends

    @property
    def unrated(self) -> int:
        """How many are still to be rated."""
        return sum(row.hasil is None and row.out_on is None for row in self.rows.values())


@dataclass
class Complaint:
    """An objection: whose, in which period, and what was decided."""

    nip: str
    code: str
    decision: str | None = None


def term(code: str) -> Term:
    """The period of a code, not open yet."""
    year, number = int(code[:4]), code[5:]
    if not number:
        return Term(code, date(year, 1, 1), date(year, 12, 31), date(year + 1, 1, 31))
    last = int(number[1:]) * 3 if number[0] == "Q" else int(number)
    starts = date(year, last - 2 if number[0] == "Q" else last, 1)
    ends = date(year, last, monthrange(year, last)[1])
    return Term(code, starts, ends, ends + WINDOW * A_DAY)


@dataclass
class Model:
    """The agency: people, heads, what is arranged for a time, periods and objections, seen on a day.

    `cadence` is Q or M; `part_time` that of PPPK paruh waktu, where one is set.
    """

    today: date
    cadence: str = "Q"
    part_time: str = ""
    people: dict[str, Person] = field(default_factory=dict)
    held: dict[str, Line] = field(default_factory=lambda: {code: Line(None) for code in PARENTS})
    named: dict[str, str] = field(default_factory=dict)
    acting: list[Spell] = field(default_factory=list)
    excluded: list[Spell] = field(default_factory=list)
    terms: dict[str, Term] = field(default_factory=dict)
    complaints: list[Complaint] = field(default_factory=list)
    began: date = field(init=False)
    """The day since which the agency asks for periods and has people for them."""
    asked_since: date = field(init=False)
    """The day since which it asks for the months or quarters that it does."""

    def __post_init__(self) -> None:
        self.began = self.asked_since = self.today

    def serves(self, nip: str | None, day: date) -> bool:
        """Whether somebody was in service on a day."""
        return nip in self.people and self.people[nip].standing.on(day) in SERVING

    def leaders(self, day: date, standing_on: date | None = None) -> tuple[dict[str, str], dict[str, list[str]]]:
        """Who leads each unit on a day, and for which units each official acts; standings may be another day's."""
        judged = standing_on or day
        leads = {code: nip for code, line in self.held.items() if (nip := line.on(day)) and self.serves(nip, judged)}
        acts: dict[str, list[str]] = {}
        for spell in sorted(self.acting, key=lambda one: (one.about, one.starts)):
            if spell.covers(day) and self.serves(spell.what, judged):
                leads[spell.about] = spell.what
                acts.setdefault(spell.what, []).append(spell.about)
        return leads, acts

    def rater(self, nip: str, place: date, day: date, *, standing_on: date | None = None) -> tuple[str | None, str]:
        """Who rates somebody who counts where they are on one day, by the order of another, and by which rule."""
        leads, acts = self.leaders(day, standing_on)
        line = above(self.people[nip].unit.on(place))
        led = [code for code in sorted(PARENTS) if nip in (leads.get(code), self.held[code].on(day))]
        temporary = False
        if led:
            # From above the highest unit somebody leads; of two at one height the one they act in.
            own = min(led, key=lambda code: (len(above(code)), code not in acts.get(nip, []), code))
            temporary = own in acts.get(nip, [])
            rest = above(own)[1:]
        else:
            rest = line
        for code in rest:
            chief = leads.get(code)
            if chief is not None:
                if code in acts.get(chief, []):
                    return chief, "acting"
                return chief, "unit" if not led and code == line[0] else "above"
        alone = led and not rest and (temporary or self.people[nip].post == "administrator")
        return None, "region_head" if alone else "none"

    def circle(self, raters: dict[str, str | None]) -> set[str]:
        """Everybody who in the end appraises themself."""
        found = set()
        for nip in raters:
            at, seen = raters.get(nip), set[str]()
            while at is not None and at != nip and at not in seen:
                seen.add(at)
                at = raters.get(at)
            if at == nip:
                found.add(nip)
        return found

    def superior(
        self, code: str, nip: str, rated_by: str | None = None, *, row: Row | None = None
    ) -> tuple[bool, str | None]:
        """Who stands above the assessor of somebody in a period: whether anybody, and who; the region has no NIP.

        Neither the person nor the assessor, nor who rated, comes into question: then it is the next one up.
        """
        period, row = self.terms[code], row or self.terms[code].rows[nip]
        if row.rule == "region_head":
            return True, None
        if row.assessor is None:
            return False, None
        own = period.rows.get(row.assessor)
        if own is not None and own.rule == "region_head" and not self.serves(row.assessor, self.today):
            return True, None
        day = min(period.window_ends, self.today)
        at, passed = row.assessor, {row.assessor}
        while True:
            found, rule = self.rater(at, day, day, standing_on=self.today)
            if found is None or found not in {nip, rated_by, *passed}:
                return found is not None or rule == "region_head", found
            if found in passed:
                return False, None
            at = found
            passed.add(found)

    def arrive(self, nip: str, unit: str, post: str, employment: str) -> None:
        """Somebody is new: there since their appointment where it is recent, else always.

        The NIP tells the month of it, that of a PPPK the year alone: one of this year is there since today.
        """
        year, month = int(nip[8:12]), int(nip[12:14])
        since = self.today if month > 12 else date(year, month, 1)
        recent = year == self.today.year if month > 12 else self.today - 366 * A_DAY <= since <= self.today
        standing = Line("active")
        if self.terms and recent:
            standing = Line("absent")
            standing.put(since, "active")
        self.people[nip] = Person(nip, standing, Line(unit), post, employment)

    def moved(self, nip: str, unit: str, since: date, *, dated: bool = True) -> bool:
        """Somebody moves to a unit; whether they are in another now.

        A move before one that is known holds until that one. Of the unit they are in only the day can be another.
        """
        line = self.people[nip].unit
        old = line.now
        if line.steps[-1][0] > since:
            line.slip_in(since, unit)
        elif unit != old:
            line.put(since, unit)
        elif dated and len(line.steps) > 1:
            line.steps[-1] = (since, unit)
        return line.now != old

    def restated(self, nip: str, standing: str, since: date, *, dated: bool = True) -> bool:
        """Somebody has a standing since a day; whether it is another. The same one can only begin on another day."""
        line = self.people[nip].standing
        if line.now != standing:
            line.put(since, standing)
            return True
        if dated and len(line.steps) == 1:
            line.steps = [(ALWAYS, "absent"), (since, standing)]
        elif dated:
            last = line.steps[-1][0]
            if since > last:
                line.steps[-1] = (since, standing)
            else:
                line.put(since, standing)
        return False

    def recognise(self, moves: dict[str, tuple[date, str | None, str | None]], today: date) -> None:
        """Say anew who leads each unit by post; `moves` are since when people moved or were restated, from and to."""
        for code in PARENTS:
            if code not in self.named:
                self.hand_over(code, self.by_post(code), moves, today)

    def by_post(self, code: str) -> str | None:
        """The holder of the one highest leading post of a unit."""
        for post in ("administrator", "pengawas"):
            found = [
                one.nip
                for one in self.people.values()
                if one.post == post and one.unit.now == code and one.standing.now in SERVING
            ]
            if found:
                return found[0] if len(found) == 1 else None
        return None

    def hand_over(
        self, code: str, new: str | None, moves: dict[str, tuple[date, str | None, str | None]], today: date
    ) -> None:
        """Another leads a unit, or nobody: since they came or the other left, since anybody moved there, or today."""
        line, old = self.held[code], self.held[code].now
        if old == new:
            return
        touched = [since for since, source, target in moves.values() if code in (source, target)]
        came, left = moves.get(new or ""), moves.get(old or "")
        if old is None and len(line.steps) == 1 and came is None and not touched:
            line.steps = [(ALWAYS, new)]
            return
        day = came[0] if came else left[0] if left else touched[-1] if touched else today
        if left and left[0] < day:
            line.put(left[0], None)
        line.put(day, new)

    def present_circle(self, nip: str) -> bool:
        """Whether somebody appraises themself in the end, as posts stand now and without anybody acting."""
        acting, self.acting = self.acting, []
        far = date.max
        raters = {one: self.rater(one, far, far)[0] for one, who in self.people.items() if who.standing.now in SERVING}
        self.acting = acting
        return nip in self.circle(raters)

    def days_of(self, period: Term) -> tuple[date, date]:
        """The day on which people count where they are, and the day whose order of assessors holds."""
        today = max(self.today, period.starts)
        return min(period.ends, today), min(period.evaluated, today)

    def fresh(self, period: Term, nip: str) -> Row:
        """A person's part as the rules have it now."""
        counted, rated = self.days_of(period)
        who = self.people[nip]
        assessor, rule = self.rater(nip, counted, rated)
        since, standing = who.standing.step(counted)
        out_on, reason = None, None
        if standing not in SERVING:
            out_on, reason = max(since, period.starts), standing
        else:
            for spell in self.excluded:
                if spell.about == nip and spell.covers(counted):
                    out_on, reason = max(spell.starts, period.starts), spell.what
        return Row(who.unit.on(counted), assessor, rule, out_on, reason)

    def was_there(self, period: Term, nip: str) -> bool:
        """Whether somebody was in service on any day of a period so far."""
        counted, _rated = self.days_of(period)
        steps = self.people[nip].standing.steps
        ends = [*(since for since, _standing in steps[1:]), date.max]
        return any(
            standing in SERVING and since <= counted and end > period.starts
            for (since, standing), end in zip(steps, ends, strict=True)
        )

    def takes(self, period: Term, nip: str) -> bool:
        """Whether a period is for people of somebody's employment."""
        part = self.people[nip].employment == "pppk_paruh_waktu"
        return period.takes == "everybody" or part == (period.takes == "part_time")

    def follow(self, period: Term) -> None:
        """Bring an open period in step."""
        for nip in [nip for nip, row in period.rows.items() if row.hasil is None and not self.was_there(period, nip)]:
            del period.rows[nip]
        if period.calendar and not period.reopened:
            for nip in self.people:
                if self.serves(nip, period.starts) and nip not in period.rows and self.takes(period, nip):
                    period.rows[nip] = self.fresh(period, nip)
        for nip, row in period.rows.items():
            new = self.fresh(period, nip)
            if row.hasil is None:
                period.rows[nip] = new
            else:
                period.rows[nip] = replace(row, out_on=new.out_on, out_reason=new.out_reason)
        self.head(period)

    def follow_all(self) -> None:
        """Bring every open period in step."""
        for period in self.terms.values():
            if period.state == "open":
                self.follow(period)

    def head(self, period: Term) -> None:
        """Note who leads the units of a period when it is evaluated."""
        leads, _acts = self.leaders(self.days_of(period)[1])
        period.heads = {code: leads.get(code) for code in PARENTS}


def above(code: str | None) -> list[str]:
    """A unit and those above it."""
    line = []
    while code is not None:
        line.append(code)
        code = PARENTS[code]
    return line
