"""The lawful course of a session from county level up: what standing committee, delegations and presidium would do, act by act."""

from datetime import datetime, timedelta
from typing import Any

from domain.calendar import at_clock
from yishi.planning.plan import PlannedAt
from yishi.rehearsal.course import BUDGETS, LEAD, REPORTS, Course

UP_REPORTS = (*REPORTS, "standing_committee_report", "court_report", "procuratorate_report")
OF_OTHERS = ("standing_committee_report", "court_report", "procuratorate_report")
"""Reports that are usually heard on the second day."""

UP_LEAD = {
    **LEAD, "decide-date": 40, "publish-date": 39, "submit-budget-draft": 31, "examine-budget-draft": 24, "answer-budget-opinion": 16,
    "print-budget-opinion": 5, "form-delegations": 4,
}  # fmt: skip
"""Days before the opening where the plan gives no time: an ordinary office's habit, no rule of law."""

FOR_THE_BUDGET = (
    "submit-budget-draft", "examine-budget-draft", "answer-budget-opinion", "print-budget-opinion", "hear-voters",
)  # fmt: skip


class UpCourse(Course):
    """Writes the course of a congress with a standing committee. Its reports are heard in all plenaries but the last, which votes."""

    def _wanted(self) -> dict[str, dict[str, Any]]:
        wanted = super()._wanted()
        wanted |= {
            "prepare": {"drafts": ["议程草案", "主席团和秘书长名单草案", "议案审查委员会名单草案"]},
            "submit-budget-draft": {},
            "examine-budget-draft": {"opinions": ["同意提请大会审查,建议进一步优化支出结构"]} | self._invited(),
            "answer-budget-opinion": {"text": "已逐条研究并调整"},
            "print-budget-opinion": {},
        }
        if self.law.ruling("voters.heard") is None:  # deputies elected by the congresses below have no voters to hear
            wanted["hear-voters"] = {"what": "代表会前视察调研,听取意见,研读报告"}
        if not self._of(*BUDGETS):
            wanted = {
                act: fields for act, fields in wanted.items() if act not in FOR_THE_BUDGET or act in self.plan.dates
            }
        return wanted | ({"form-delegations": {}} if self.plan.groups else {})

    def _invited(self) -> dict[str, Any]:
        """A few deputies take part in the preliminary examination where the law has them invited."""
        return {"deputies_invited": 5} if self.law.ruling("budget.deputies_invited") is not None else {}

    def _lead(self, act: str) -> int:
        return UP_LEAD[act]

    def _before(self) -> None:
        super()._before()
        if not self.plan.groups:
            return
        self.at = max(self.at, self._convened() - timedelta(hours=3))
        for group in self.plan.groups:
            members = [e.id for e in self.plan.entries if e.group == group.code] or [self.plan.entries[0].id]
            self._do("elect-delegation-head", group=group.code, head=members[0])
            self._do("discuss-drafts", group=group.code, opinions=["同意各项草案"])
        self._do("adjust-drafts", changes=["按代表团意见作文字修改"])

    def _convened(self) -> datetime:
        """When the deputies first come together."""
        return min(sitting.at for sitting in self.plan.sittings)

    def _observers(self) -> dict[str, Any]:
        if self.plan.observers:
            return super()._observers()
        return {"who": ["政府组成人员", "监察委员会主任", "人民法院院长", "人民检察院检察长"], "count": 30}

    def _during(self) -> None:
        sittings = sorted(self.plan.sittings, key=lambda s: s.at)
        plenaries = [s for s in sittings if s.kind == "plenary"]
        for sitting in sittings:
            if sitting.kind == "preparatory" and sitting is sittings[0]:
                self._prepare_session(sitting, plenaries[0])
                continue
            if sitting.kind == "preparatory":  # once constituted there is nothing to vote on again
                self._open(sitting)
                self._do("close-sitting")
                continue
            last = sitting is plenaries[-1]
            if last:
                self._ready_to_vote(self._heard_before(plenaries))
            self._open(sitting)
            self._hear_items(self._hears(sitting, plenaries))
            if last:
                self._decide()
            else:
                self._do("close-sitting")
                self._deliberate_items([i.code for i in self._hears(sitting, plenaries)])

    def _prepare_session(self, sitting: PlannedAt, opening: PlannedAt) -> None:
        """The preparatory meeting, and the presidium's first meeting after it."""
        self._open(sitting)
        presidium = list(self.plan.proposed_presidium())
        self._do("put-to-vote", subject="presidium", persons=presidium, **self._all())
        self._do("put-to-vote", subject="secretary-general", persons=presidium[:1], **self._all())
        self._do("put-to-vote", subject="agenda", **self._all())
        if any(step.fact == "adopted:motions-committee" for step in self.procedure.steps):
            self._do("put-to-vote", subject="motions-committee", persons=presidium[1:6], **self._all())
        self._do("close-sitting")
        self._meet(1)
        self._do("presidium-decides", matter="standing-chairs", persons=presidium[:5])
        self._do("presidium-decides", matter="executive-chairs", persons=presidium)
        self._do("presidium-decides", matter="deputy-secretaries", text="按建议名单")
        self._do("presidium-decides", matter="timetable")
        deadline = max(at_clock(opening.at.date(), 17), self.at)
        self._do("presidium-decides", matter="motion-deadline", deadline=deadline.isoformat())

    def _hears(self, sitting: PlannedAt, plenaries: list[PlannedAt]) -> list[Any]:
        """Which reports a plenary hears: all in the only one; else the first the government's, the others' in the second of three."""
        hearing = plenaries[:-1] or plenaries
        if sitting not in hearing:
            return []
        if len(hearing) == 1:
            return self._of(*UP_REPORTS)
        if sitting is hearing[0]:
            return [i for i in self._of(*UP_REPORTS) if i.kind not in OF_OTHERS]
        return self._of(*OF_OTHERS) if sitting is hearing[1] else []

    def _heard_before(self, plenaries: list[PlannedAt]) -> list[Any]:
        return [i for sitting in plenaries[:-1] for i in self._hears(sitting, plenaries)]

    def _hear_items(self, items: list[Any]) -> None:
        for item in items:
            form = "written" if item.kind in ("plan", "budget") else "oral"
            self._take("hear-report", 30, {"item": item.code, "form": form})

    def _deliberate_items(self, codes: list[str]) -> None:
        groups = [g.code for g in self.plan.groups] or [""]
        for group in groups if codes else ():
            fields: dict[str, Any] = {
                "items": codes,
                "speakers": self.draw.randint(2, 6),
                "opinions": ["赞成报告,建议抓好落实"],
            }
            self._take("deliberate", 20, fields | ({"group": group} if group else {}))
        for code in codes[:1]:
            self._do("answer-opinions", item=code, text="对代表意见已逐条研究,部分采纳修改")
        if codes and not any(act.act == "file-suggestion" for act in self.acts):
            self._suggest()

    def _ready_to_vote(self, heard: list[Any]) -> None:
        """The presidium hears how it went, has the budget's examination reported, and sends draft resolutions round."""
        decisions = self._of("decision")
        if not heard and not decisions:
            return
        self._deliberate_items([i.code for i in decisions])
        self._to_the_vote([i for i in (*heard, *decisions) if i.resolution], 2)

    def _to_the_vote(self, items: list[Any], meeting: int) -> None:
        if not items:
            return
        self._meet(meeting)
        for item in items:
            if item.kind in ("budget", "plan"):
                self._do("committee-reports", items=[item.code])
        codes = [item.code for item in items]
        self._do("presidium-decides", matter="draft-resolutions", items=codes)
        for group in self.plan.groups:
            self._do("discuss-drafts", group=group.code, items=codes)
        self._meet(meeting + 1)
        self._do("presidium-decides", matter="put-to-vote", items=codes)

    def _decide(self) -> None:
        voted = [item for item in self._of(*UP_REPORTS, "decision") if item.resolution]
        ready = {c for a in self.acts if a.fields.get("matter") == "put-to-vote" for c in a.fields.get("items", ())}
        left = [item for item in voted if item.code not in ready]
        deliberated = {c for a in self.acts if a.act == "deliberate" for c in a.fields["items"]}
        self._deliberate_items([i.code for i in left if i.code not in deliberated])
        self._to_the_vote(left, 4)
        self._finish(voted)

    def _after(self) -> None:
        super()._after()
        day = self.plan.session.closes
        if self._of("budget"):
            self.at = at_clock(day + timedelta(days=18), 9)
            self._do("reply-budget")
            self.at = at_clock(day + timedelta(days=45), 9)
            self._do("file-budget-sum")
        if self._assignments():
            self.at = at_clock(day + timedelta(days=130), 9)
            self._do("print-handling")
        self.acts.sort(key=lambda act: act.at)
