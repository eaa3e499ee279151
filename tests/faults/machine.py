"""Whatever happens to an agency in whatever order, the store agrees with the plain model after every step."""

from collections import Counter
from datetime import date, timedelta
from random import Random

from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule

from kinerja_cli.actions.agency import set_setting
from kinerja_cli.actions.arrangements import appoint_acting, end_arrangement, exclude
from kinerja_cli.actions.objections import decide_objection, file_objection
from kinerja_cli.actions.periods import close_period, open_period, reopen_period
from kinerja_cli.actions.reports import summary
from kinerja_cli.actions.rollover import RolledOver, roll_over
from kinerja_cli.actions.roster_import import import_roster
from kinerja_cli.actions.scores import list_scores, record_score
from kinerja_cli.actions.staff import set_employee
from kinerja_cli.actions.units import set_unit
from kinerja_cli.domain.history import Acting
from kinerja_cli.errors import KinerjaError
from kinerja_cli.storage.store.history import load_history
from kinerja_cli.workbooks.read import Purpose, read_sheets
from tests.faults.agreement import (
    CADENCES,
    PART_TIMER,
    WORDS,
    Agreement,
    arranged,
    followed,
    roster_file,
    row_of,
)
from tests.faults.model import A_DAY, PARENTS, SERVING, Spell
from tests.faults.model_life import OBJECT_IN_TIME, OBJECT_TOO_LATE, Life

units = st.sampled_from(sorted(PARENTS))
numbers = st.integers(0, 63)
ratings = st.sampled_from(("diatas", "sesuai", "dibawah"))
back = st.sampled_from((0, 0, 0, 0, 1, 5, 20, 60))
lasts = st.sampled_from((None, 0, 2, 10, 25, 45))
dry = st.sampled_from((False, False, False, False, True))


class Agency(Agreement):
    """An agency to which anything can happen."""

    @initialize(kind=st.sampled_from(sorted(CADENCES)))
    def begin(self, kind: str) -> None:
        """An agency with a roster and no period yet."""
        self.make(kind)

    @rule(days=st.integers(1, 40))
    def miss_days(self, days: int) -> None:
        """Days go by in which nobody does anything, cron included."""
        self.model.today += timedelta(days=days)
        self.count("missed days")

    @rule(days=st.integers(0, 20), allow=st.booleans(), dry_run=dry)
    def rollover(self, days: int, allow: bool, dry_run: bool) -> None:
        """Cron runs, on the same day or after some."""
        self.model.today += timedelta(days=days)
        told: list[tuple[list[str], list[str]]] = []

        def run(today: date) -> int | None:
            done: RolledOver = roll_over(self.store, today, allow_unrated=allow, dry_run=dry_run)
            if not dry_run:
                assert (list(done.opened), list(done.closed)) == told[0]
            assert done.stopped is None or isinstance(done.stopped, KinerjaError)
            return max(done.operations, default=None)

        def expect(model: Life) -> str:
            told.append(model.roll_over(allow_unrated=allow))
            return ""

        self.do("rollover", expect, run, dry_run)

    @rule(
        which=st.sampled_from(("cadence", "part_time_cadence")),
        kind=st.sampled_from("QM "),
        seldom=numbers,
        dry_run=dry,
    )
    def ask(self, which: str, kind: str, seldom: int, dry_run: bool) -> None:
        """The agency asks for other periods from now on, most often in the middle of a quarter; it seldom does."""
        if seldom % 4:
            return
        whole = which == "cadence"
        letter = kind.strip() or (self.model.cadence if whole else "")
        value = {"Q": "quarterly", "M": "monthly", "": "same"}[letter]
        self.do(
            "set cadence",
            lambda model: model.set_cadences(letter if whole else model.cadence, model.part_time if whole else letter),
            lambda _today: set_setting(self.store, which, value, dry_run=dry_run).operation,
            dry_run,
        )

    @rule(which=numbers, joiners=st.sampled_from((False, True)), dry_run=dry)
    def open(self, which: int, joiners: bool, dry_run: bool) -> None:
        """Somebody opens a period, or adds who came later."""
        code = self.period(which)
        self.do(
            "open",
            lambda model: model.open(code, joiners=joiners),
            lambda today: open_period(self.store, code, today=today, late_joiners=joiners, dry_run=dry_run).operation,
            dry_run,
        )

    @precondition(lambda self: self.model.terms)
    @rule(which=numbers, allow=st.booleans(), dry_run=dry)
    def close(self, which: int, allow: bool, dry_run: bool) -> None:
        """Somebody closes a period."""
        code = self.period(which, known=True)
        self.do(
            "close",
            lambda model: model.close(code, allow_unrated=allow),
            lambda today: close_period(self.store, code, today=today, allow_unrated=allow, dry_run=dry_run).operation,
            dry_run,
        )

    @precondition(lambda self: self.model.terms)
    @rule(which=numbers, dry_run=dry)
    def reopen(self, which: int, dry_run: bool) -> None:
        """Somebody opens a closed period again."""
        code = self.period(which, known=True)
        self.do(
            "reopen",
            lambda model: model.reopen(code),
            lambda _today: reopen_period(self.store, code, reason="Salah ketik", dry_run=dry_run),
            dry_run,
        )

    @precondition(lambda self: self.model.terms)
    @rule(
        who=numbers,
        which=numbers,
        hasil=ratings,
        perilaku=ratings,
        days=st.sampled_from((None, None, 3, 20)),
        dry_run=dry,
    )
    def rate(self, who: int, which: int, hasil: str, perilaku: str, days: int | None, dry_run: bool) -> None:
        """Somebody is rated or corrected, in time or written down later."""
        on = None if days is None else self.model.today - days * A_DAY
        self._rate(self.person(who), self.period(which, known=True), (hasil, perilaku), on, dry_run=dry_run)

    @precondition(lambda self: self.open_terms())
    @rule(who=numbers, which=numbers, hasil=ratings, perilaku=ratings, dry_run=dry)
    def rate_late(self, who: int, which: int, hasil: str, perilaku: str, dry_run: bool) -> None:
        """The superior rates somebody, most often where the assessor has missed the window."""
        codes = self.open_terms()
        code = codes[which % len(codes)]
        over = [one for one in codes if self.model.terms[one].window_ends < self.model.today]
        if over and which % 8:
            code = over[which % len(over)]
        elif which % 8:
            self.model.today = self.model.terms[code].window_ends + A_DAY
        waiting = sorted(nip for nip, row in self.model.terms[code].rows.items() if not row.hasil and not row.out_on)
        nip = waiting[who % len(waiting)] if waiting and who % 4 else self.person(who)
        self.do(
            "late",
            lambda model: model.rate(nip, code, (hasil, perilaku), rated_on=None, late=True),
            lambda today: (
                record_score(
                    self.store, nip, code, today=today, hasil=hasil, perilaku=perilaku, late=True, dry_run=dry_run
                ).operation
            ),
            dry_run,
        )

    @precondition(lambda self: self.open_terms())
    @rule(which=numbers, hasil=ratings, perilaku=ratings)
    def rate_all(self, which: int, hasil: str, perilaku: str) -> None:
        """All who can be are rated in an open period, so that it can be closed."""
        codes = self.open_terms()
        code = codes[which % len(codes)]
        period = self.model.terms[code]
        on = min(self.model.today, period.window_ends) if self.model.today >= period.evaluated else None
        for nip in sorted(self.model.terms[code].rows):
            self._rate(nip, code, (hasil, perilaku), on)

    def _rate(self, nip: str, code: str, pair: tuple[str, str], on: date | None, *, dry_run: bool = False) -> None:
        """Somebody is rated, today or written down later."""
        self.do(
            "rate" if on is None else "rate, written down later",
            lambda model: model.rate(nip, code, pair, rated_on=on, late=False),
            lambda today: (
                record_score(
                    self.store, nip, code, today=today, hasil=pair[0], perilaku=pair[1], rated_on=on, dry_run=dry_run
                ).operation
            ),
            dry_run,
        )

    @precondition(lambda self: self.model.terms)
    @rule(
        who=numbers,
        which=numbers,
        days=st.integers(0, OBJECT_IN_TIME),
        late=st.sampled_from((False, False, False, True)),
        anyway=st.booleans(),
    )
    def complain(self, who: int, which: int, days: int, late: bool, anyway: bool) -> None:
        """Somebody objects to a result."""
        can = {
            code: sorted(nip for nip, row in one.rows.items() if row.hasil and not row.final_rule)
            for code, one in self.model.terms.items()
        }
        codes = sorted(code for code, nips in can.items() if nips)
        code = codes[which % len(codes)] if codes and which % 8 else self.period(which, known=True)
        rated = can.get(code)
        nip = rated[who % len(rated)] if rated and who % 4 else self.person(who)
        received = self.model.today - (OBJECT_TOO_LATE if late else days) * A_DAY
        self.do(
            "object",
            lambda model: model.complain(nip, code, received, anyway=anyway),
            lambda today: (
                file_objection(
                    self.store, nip, code, today=today, reason="Keberatan", received=received, record_anyway=anyway
                ).operation
            ),
        )

    @precondition(lambda self: self.model.complaints)
    @rule(which=numbers, pair=st.one_of(st.none(), st.tuples(ratings, ratings)), dry_run=dry)
    def decide(self, which: int, pair: tuple[str, str] | None, dry_run: bool) -> None:
        """An objection is decided."""
        number = which % (len(self.model.complaints) + 1) + 1
        hasil, perilaku = pair or (None, None)
        self.do(
            "decide",
            lambda model: model.decide(number, pair),
            lambda today: decide_objection(
                self.store, str(number), today=today, changed=pair is not None, explanation="Sudah diperiksa",
                hasil=hasil, perilaku=perilaku, dry_run=dry_run,
            ).operation,
            dry_run,
        )  # fmt: skip

    @rule(who=numbers, unit=units, days=back, dry_run=dry)
    def move(self, who: int, unit: str, days: int, dry_run: bool) -> None:
        """Somebody moves to another unit, perhaps since a while ago."""
        nip, since = self.person(who), self.model.today - days * A_DAY

        def expect(model: Life) -> str:
            old = model.people[nip].unit.now
            moved = model.moved(nip, unit, since)
            model.recognise({nip: (since, old, unit)} if moved else {}, model.today)
            return "assessor-loop" if model.present_circle(nip) else followed(model, self.model)

        self.do(
            "move",
            expect,
            lambda today: set_employee(self.store, nip, unit=unit, since=since, today=today, dry_run=dry_run)[0],
            dry_run,
        )

    @rule(who=numbers, standing=st.sampled_from((*WORDS, "active", "active")), days=back, dated=st.booleans())
    def restate(self, who: int, standing: str, days: int, dated: bool) -> None:
        """Somebody leaves, is away, or comes back; or only the day of it is corrected."""
        nip = self.person(who)
        since = self.model.today - days * A_DAY if dated else self.model.today

        def expect(model: Life) -> str:
            unit = model.people[nip].unit.now
            changed = model.restated(nip, standing, since, dated=dated)
            model.recognise({nip: (since, unit, unit)} if changed else {}, model.today)
            return "assessor-loop" if model.present_circle(nip) else followed(model, self.model)

        self.do(
            "come back" if standing in SERVING else "leave",
            expect,
            lambda today: set_employee(self.store, nip, status=standing, since=since if dated else None, today=today)[
                0
            ],
        )

    @rule(seed=st.integers(0, 10_000), dry_run=dry)
    def take_roster(self, seed: int, dry_run: bool) -> None:
        """A roster comes in, with people who moved, left, came back, or are new."""
        rng, model = Random(seed), self.model
        told: dict[str, tuple[str, str]] = {}
        for nip in rng.sample(sorted(model.people), 3):
            if nip != PART_TIMER:
                told[nip] = (rng.choice(sorted(PARENTS)), rng.choice(("active", "active", *WORDS)))
        new, post = "", rng.choice(("pelaksana", "pelaksana", "pengawas", "administrator"))
        if rng.random() < 0.5 and len(model.people) < 12:
            month = (model.today.replace(day=1) - rng.choice((0, 40, 400)) * A_DAY).replace(day=1)
            code = f"{month.year}21" if rng.random() < 0.3 else f"{month:%Y%m}"
            new = f"19990101{code}1{len(model.people):03}"
            told[new] = (rng.choice(sorted(PARENTS)), "active")
        posts = {nip: one.post for nip, one in model.people.items()} | {new: post}

        def expect(model: Life) -> str:
            moves: dict[str, tuple[date, str | None, str | None]] = {}
            for nip, (unit, standing) in told.items():
                if nip == new:
                    model.arrive(nip, unit, post, "pns")
                    continue
                old = model.people[nip].unit.now
                if model.moved(nip, unit, model.today, dated=False) | model.restated(
                    nip, standing, model.today, dated=False
                ):
                    moves[nip] = (model.today, old, unit)
            model.recognise(moves, model.today)
            return followed(model, self.model)

        rows = "".join(row_of(nip, unit, posts[nip], standing) for nip, (unit, standing) in told.items())
        self.do(
            "import",
            expect,
            lambda today: (
                import_roster(
                    self.store,
                    read_sheets(roster_file(self.folder, rows), Purpose.ROSTER),
                    today=today,
                    dry_run=dry_run,
                ).operation
            ),
            dry_run,
        )

    @rule(who=numbers, unit=units, days=back)
    def lead(self, who: int, unit: str, days: int) -> None:
        """Somebody is named head of a unit."""
        nip, since = self.person(who), self.model.today - days * A_DAY

        def expect(model: Life) -> str:
            if model.people[nip].standing.now not in SERVING:
                return "assessor-inactive"
            model.named[unit] = nip
            model.hand_over(unit, nip, {}, since)
            return followed(model, self.model)

        self.do("name a head", expect, lambda today: set_unit(self.store, unit, head=nip, since=since, today=today))

    @rule(who=numbers, unit=units, starts=st.integers(-20, 40), last=lasts)
    def act(self, who: int, unit: str, starts: int, last: int | None) -> None:
        """An official acts in a unit for a time, past, present or to come."""
        nip, first = self.person(who), self.model.today + starts * A_DAY
        ends = None if last is None else first + last * A_DAY

        def expect(model: Life) -> str:
            if model.people[nip].standing.now not in SERVING:
                return "assessor-inactive"
            return arranged(model, self.model, model.acting, Spell(unit, first, ends, nip))

        self.do(
            "act",
            expect,
            lambda today: appoint_acting(self.store, unit, nip, "plt", starts=first, ends=ends, today=today)[0],
        )

    @precondition(lambda self: self.model.acting)
    @rule(unit=units, days=st.integers(-5, 20))
    def stop_acting(self, unit: str, days: int) -> None:
        """Nobody acts in a unit any more after a day."""
        last = self.model.today + days * A_DAY

        def expect(model: Life) -> str:
            mine = sorted((one for one in model.acting if one.about == unit), key=lambda one: one.starts)
            found = next((one for one in mine if one.covers(last)), None)
            if found is None:
                return "usage" if any(one.starts > last for one in mine) else "arrangement-missing"
            model.acting.remove(found)
            model.acting.append(Spell(unit, found.starts, last, found.what))
            return followed(model, self.model)

        self.do(
            "stop acting",
            expect,
            lambda today: end_arrangement(self.store, Acting, unit, last=last, today=today)[0],
        )

    @rule(who=numbers, starts=st.integers(-20, 40), last=lasts, dry_run=dry)
    def leave_out(self, who: int, starts: int, last: int | None, dry_run: bool) -> None:
        """Somebody is left out of appraisal for a time."""
        nip, first = self.person(who), self.model.today + starts * A_DAY
        ends = None if last is None else first + last * A_DAY
        self.do(
            "exclude",
            lambda model: arranged(model, self.model, model.excluded, Spell(nip, first, ends, "Anggota KPU")),
            lambda today: exclude(
                self.store, nip, "Anggota KPU", starts=first, ends=ends, today=today, dry_run=dry_run
            )[0],
            dry_run,
        )

    @precondition(lambda self: len(self.model.terms) > 1)
    @rule(days=st.integers(-120, 30))
    def look(self, days: int) -> None:
        """The past is as the model has it, and sums are what they are sums of."""
        day = self.model.today + days * A_DAY
        with self.store.reading() as connection:
            history = load_history(connection)
        seen = history.staff_on(day.isoformat())
        assert {nip: (one.unit_code, one.status) for nip, one in seen.items()} == {
            nip: (one.unit.on(day), one.standing.on(day)) for nip, one in self.model.people.items()
        }
        held = {code: line.on(day) for code, line in self.model.held.items()}
        assert history.heads_on(day.isoformat()) == {code: nip for code, nip in held.items() if nip is not None}
        for code in self.model.terms:
            listed = list_scores(self.store, code)
            stayed = [row for row in listed if row["out_on"] is None]
            for by in ("unit", "parent", "position_type", "employment"):
                total = summary(self.store, code, by).total
                groups = summary(self.store, code, by).groups
                assert (total.staff, total.left) == (len(stayed), len(listed) - len(stayed))
                assert total.rated == sum(row["predikat"] is not None for row in stayed)
                assert total.counts == Counter(row["predikat"] for row in stayed if row["predikat"])
                assert (sum(one.staff for one in groups), sum(one.rated for one in groups)) == (
                    total.staff, total.rated,
                )  # fmt: skip
        self.count("look")
