"""The lawful course of a plan (无脚本演练): what an office would do, act by act, when all goes as the law has it.

Votes are drawn, always the same for the same plan. Times before the session come from the plan, else they are counted back.
"""

from datetime import datetime, timedelta
from random import Random
from typing import Any

from domain.arithmetic import Number, Period
from domain.calendar import at_clock, latest_day_before, latest_in_advance
from domain.law import Law, LawBook
from domain.procedure import PROCEDURES
from domain.session.parts import AgendaItem, Project
from yishi.planning.law_checks import IN_ADVANCE
from yishi.planning.plan import Plan, PlannedAt
from yishi.planning.script import Script, ScriptAct

LEAD = {
    "confirm-credentials": 24, "record-party-step": 23, "decide-date": 22, "publish-date": 21, "prepare": 18, "hear-voters": 15,
    "give-notice": 10, "invite-observers": 9, "send-papers": 3,
}  # fmt: skip
"""Days before the opening at which an act is played when the plan gives no time: an ordinary office's habit, no rule of law."""

REPORTS = ("government_report", "presidium_report", "budget", "final_accounts", "budget_adjustment", "plan", "report")
BUDGETS = ("budget", "final_accounts", "budget_adjustment")


class Course:
    """Writes one plan's course. `at` is the legal time it has reached."""

    def __init__(self, plan: Plan, book: LawBook) -> None:
        self.plan = plan
        self.procedure = PROCEDURES[plan.procedure_id]
        self.book = book
        self.law: Law = book.on(
            plan.session.opens,
            self.procedure.level,
            plan.session.kind,
            plan.profile,
            (),
            plan.provisions(book),
            plan.adopts,
        )
        self.draw = Random(f"{plan.stream}/{plan.deputies_total}")  # invented votes, not secrets
        self.at = at_clock(plan.session.opens, 8)
        self.acts: list[ScriptAct] = []
        self.absent = max(0, plan.deputies_total // 15)
        self.present = plan.deputies_total - self.absent - sum(e.suspended for e in plan.entries)

    def script(self) -> Script:
        self._before()
        self._during()
        self._after()
        return Script(acts=tuple(self.acts))

    def _do(self, act: str, /, **fields: Any) -> None:
        self._take(act, 5, fields)

    def _take(self, act: str, minutes: int, fields: dict[str, Any], suggestion: str | None = None) -> None:
        """Add an act at the time reached, and let it take its time."""
        if act == "put-to-vote":
            fields = fields | {"method": self._method(fields.get("method", "show_of_hands"))}
        if act in self.procedure.acts or suggestion:
            self.acts.append(ScriptAct(at=self.at, act=act, fields=fields, of=suggestion))
            self.at += timedelta(minutes=minutes)

    def _method(self, usual: str) -> str:
        """The usual form of a vote, or the first that the law names where it leaves that one out (按表决器)."""
        rule = self.law.ruling("vote.methods")
        named = rule.options if rule is not None and rule.value is not None else ()
        return usual if not named or usual in named else named[0]

    # 会前 ------------------------------------------------------------------------------------------------------------

    def _before(self) -> None:
        wanted = self._wanted()
        for at, act in sorted((self._when(act), act) for act in wanted):
            self.at = at
            self._do(act, **wanted[act])

    def _wanted(self) -> dict[str, dict[str, Any]]:
        """The acts before the session, each with its fields."""
        first = self.plan.session.kind == "first"
        wanted: dict[str, dict[str, Any]] = {
            "decide-date": {"opens": str(self.plan.session.opens), "closes": str(self.plan.session.closes)},
            "publish-date": {},
            "prepare": {"drafts": ["议程草案", "主席团名单草案"]},
            "hear-voters": {"what": "组织代表听取选民对预算草案的意见"},
            "give-notice": {},
            "invite-observers": self._observers(),
            "send-papers": {"papers": [item.title for item in self.plan.agenda]},
        }
        if first:
            wanted["confirm-credentials"] = {"valid": self.plan.deputies_total}
        if not any(item.kind in BUDGETS for item in self.plan.agenda) and "hear-voters" not in self.plan.dates:
            del wanted["hear-voters"]
        return wanted

    def _observers(self) -> dict[str, Any]:
        if self.plan.observers:
            return {"who": list(self.plan.observers.who), "count": self.plan.observers.count}
        return {"who": ["政府领导人员"], "count": 1}

    def _when(self, act: str) -> datetime:
        """As planned, else so many days before the opening, and early enough for the rule there is on it."""
        if planned := self.plan.dates.get(act):
            return planned
        rule = self.law.ruling(IN_ADVANCE.get(act, "-"))
        usual = latest_day_before(self.plan.session.opens, self._lead(act))
        if rule is not None and isinstance(rule.value, Number | Period):
            usual = min(usual, latest_in_advance(self.plan.session.opens, rule.value))
        return at_clock(usual, 9)

    def _lead(self, act: str) -> int:
        return LEAD[act]

    # 会中 ------------------------------------------------------------------------------------------------------------

    def _during(self) -> None:
        sittings = sorted(self.plan.sittings, key=lambda s: s.at)
        plenaries = [s for s in sittings if s.kind == "plenary"]
        for sitting in sittings:
            self._open(sitting)
            if sitting is sittings[0]:
                self._constitute()
            if plenaries and sitting is plenaries[0]:
                self._hear()
            if sitting is not sittings[-1]:
                self._do("close-sitting")
            if plenaries and sitting is plenaries[0]:
                self._deliberate()
            if sitting is sittings[-1]:
                self._decide()

    def _open(self, sitting: PlannedAt) -> None:
        self.at = max(self.at, sitting.at - timedelta(minutes=30))
        self._take("sign-in", 30, {"sitting": sitting.code, "present": self.present})
        self.at = max(self.at, sitting.at)
        self._do("open-sitting", sitting=sitting.code)

    def _constitute(self) -> None:
        """The presidium is elected, the agenda adopted, executive chairs named."""
        if self.procedure.decides:
            self._do("put-to-vote", subject="presidium", persons=list(self.plan.proposed_presidium()), **self._all())
            self._do("put-to-vote", subject="agenda", **self._all())
            if self.plan.session.kind == "first":
                members = [entry.id for entry in self.plan.entries if not entry.suspended][:5]
                self._do("put-to-vote", subject="credentials-committee", persons=members, **self._all())
            self._meet(1)
            self._do("presidium-decides", matter="executive-chairs", persons=list(self.plan.proposed_presidium()[:3]))
            self._do("presidium-decides", matter="timetable")

    def _meet(self, meeting: int) -> None:
        size = len(self.plan.proposed_presidium()) or 7
        more = {} if self.plan.proposed_presidium() else {"members": size}
        self._do("presidium-meets", meeting=meeting, present=size, **more)

    def _hear(self) -> None:
        for item in self._of(*REPORTS):
            self._take("hear-report", 30, {"item": item.code, "form": "oral"})

    def _deliberate(self) -> None:
        items = [item.code for item in self._of(*REPORTS, "decision")]
        for group in self.plan.groups or (None,):
            if items:
                opinion = ["对报告表示赞成,并建议进一步改善民生"]
                where = {"group": group.code} if group else {}
                fields = {"items": items, "speakers": self.draw.randint(2, 6), "opinions": opinion, **where}
                self._take("deliberate", 20, fields)
        self._suggest()

    def _suggest(self) -> None:
        for number in (1, 2):
            deputies = [self.plan.entries[self.draw.randrange(len(self.plan.entries))].id]
            self._do(
                "file-suggestion",
                number=f"s{number:02}",
                deputies=deputies,
                subject=f"关于改善人居环境的建议({number})",
            )

    def _decide(self) -> None:
        voted = [item for item in self._of(*REPORTS, "decision") if item.resolution and self.procedure.decides]
        if self.procedure.decides:
            self._meet(2)
            for item in self._of(*BUDGETS):
                self._do("committee-reports", items=[item.code])
            if voted:
                self._do("presidium-decides", matter="put-to-vote", items=[item.code for item in voted])
        self._finish(voted)

    def _finish(self, voted: list[AgendaItem]) -> None:
        """The votes one by one, what is chosen and rated, what is announced, and the closing."""
        self._committees()
        for item in voted:
            self._do("put-to-vote", subject=item.code, method="show_of_hands", **self._drawn())
        self._rate()
        self._choose()
        announced = [item.code for item in (*voted, *self._of("projects", "rating"))]
        if announced:
            self._do("announce", items=announced)
        for item in self._of("other"):
            self._do("record-proceeding", item=item.code, what=item.title)
        self._do("close-session")

    def _committees(self) -> None:
        for item in self._of("committee_report"):
            self._do("hear-report", item=item.code, form="oral")
        for item in (*self._of("list"), *(i for i in self._of("committee_report") if i.resolution)):
            self._do("put-to-vote", subject=item.code, **self._all())

    def _rate(self) -> None:
        last_year = self.plan.projects.last_year if self.plan.projects else ()
        if last_year and self._of("rating"):
            self._sheets("rating", last_year)
            self._do("declare-rating")

    def _choose(self) -> None:
        projects = self.plan.projects
        if not projects or not projects.candidates or not self._of("projects"):
            return
        if self.procedure.decides:
            self._do("presidium-decides", matter="project-candidates", items=[i.code for i in self._of("projects")])
            method = {"choose": projects.choose, "on_tie": "vote_again", "on_shortfall": "fewer"}
            self._do("put-to-vote", subject="project-method", **method, **self._all())
        self._sheets("projects", projects.candidates)
        self._do("declare-projects")

    def _sheets(self, poll: str, projects: tuple[Project, ...]) -> None:
        """Two sheets that agree: those first in the plan get more votes, no two the same."""
        lines = []
        step = max(1, self.present // (4 * len(projects)))
        for n, project in enumerate(projects):
            yes = max(0, self.present - n * step - (n > 0))
            line: dict[str, Any] = {"project": project.code, "in_favour": yes, "abstained": self.present - yes}
            lines.append(line)
        for sheet in (1, 2):
            figures = {"issued": self.present, "returned": self.present, "valid": self.present}
            self._do("enter-sheet", poll=poll, sheet=sheet, lines=lines, **figures)

    def _all(self) -> dict[str, int]:
        return {"in_favour": self.present, "against": 0, "abstained": 0}

    def _drawn(self) -> dict[str, int]:
        """A vote that adopts, with a few against and abstaining."""
        spare = max(0, self.present - self.plan.deputies_total // 2 - 1)
        against = self.draw.randint(0, min(2, spare))
        abstained = self.draw.randint(0, min(3, spare - against))
        return {"in_favour": self.present - against - abstained, "against": against, "abstained": abstained}

    # 会后 ------------------------------------------------------------------------------------------------------------

    def _after(self) -> None:
        day = self.plan.session.closes
        voted = {act.fields["subject"] for act in self.acts if act.act == "put-to-vote"}
        decided = [
            i.code for i in self.plan.agenda if i.code in voted and i.kind not in ("list", "committee_report")
        ] + [i.code for i in self._of("projects")]
        for days, act, fields in (
            (1, "publish-results", {"items": decided}),
            (7, "assign-suggestions", {"assignments": self._assignments()}),
            (12, "publish-budget", {}),
            (15, "file-budget", {}),
        ):
            self.at = at_clock(day + timedelta(days=days), 9)
            if act.endswith("budget") and not self._of(*BUDGETS):
                continue
            if act == "publish-results" and not decided:
                continue
            if act == "assign-suggestions" and not self._assignments():
                continue
            self._do(act, **fields)
        for n, assignment in enumerate(self._assignments()):
            self.at = at_clock(day + timedelta(days=60 + n), 10)
            self._take("reply-suggestion", 5, {"result": "A", "contacted": True}, assignment["number"])
        self.at = at_clock(day + timedelta(days=120), 9)
        if self._assignments():
            self._do("report-handling")

    def _assignments(self) -> list[dict[str, Any]]:
        filed = [act.fields["number"] for act in self.acts if act.act == "file-suggestion"]
        return [{"number": number, "unit": f"承办单位{n}"} for n, number in enumerate(filed, 1)]

    def _of(self, *kinds: str) -> list[AgendaItem]:
        return [item for item in self.plan.agenda if item.kind in kinds]
