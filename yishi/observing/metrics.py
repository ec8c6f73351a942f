"""Metrics for Prometheus. Labels are names from our own lists (acts, outcomes, roles, routes): never what somebody sent."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from time import perf_counter

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
SECONDS = (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0)
REST = "other"
"""The label of what is on no list of ours."""


class Metrics:
    """The metrics of one process.

    Attributes:
        acts: what acts came to: recorded, already, refused, not_taken. refusals: by the rule's name.
        act_seconds: from the engine's taking an act to its durable answer. append_seconds: of the ledger alone, its queue included.
        requests, request_seconds: at the door, by the route's template.
    """

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        kept = self.registry
        self.acts = Counter("yishi_acts", "Acts by what they came to", ["act", "outcome"], registry=kept)
        self.refusals = Counter("yishi_refusals", "Acts refused by a rule", ["act", "reason"], registry=kept)
        self.act_seconds = Histogram(
            "yishi_act_seconds", "From taking an act to its durable answer", ["act"], buckets=SECONDS, registry=kept
        )
        self.append_seconds = Histogram(
            "yishi_ledger_append_seconds",
            "Judging and storing one act, its wait included",
            buckets=SECONDS,
            registry=kept,
        )
        self.requests = Counter("yishi_requests", "Requests at the door", ["method", "route", "status"], registry=kept)
        self.request_seconds = Histogram(
            "yishi_request_seconds", "Until the answer began", ["method", "route"], buckets=SECONDS, registry=kept
        )

    def watch(self, gauges: Mapping[str, tuple[str, Callable[[], float | None]]]) -> Callable[[], None]:
        """Have numbers read whenever somebody asks: name → what it is, and how it is read (None: there is none now). Returns what ends that."""
        collector = _Read(gauges)
        self.registry.register(collector)
        return lambda: self.registry.unregister(collector)

    @contextmanager
    def act(self, name: str) -> Iterator[Callable[[str, str | None], None]]:
        """Around one act: call what is given with its outcome, and the reason of a refusal. Left by a fault, it was not taken."""
        began, outcome = perf_counter(), "not_taken"

        def came_to(said: str, reason: str | None = None) -> None:
            nonlocal outcome
            outcome = said
            if reason is not None:
                self.refusals.labels(name, reason).inc()

        try:
            yield came_to
        finally:
            self.acts.labels(name, outcome).inc()
            self.act_seconds.labels(name).observe(perf_counter() - began)

    def written(self) -> bytes:
        """All of them, as Prometheus reads them."""
        return generate_latest(self.registry)


class _Read(Collector):
    def __init__(self, gauges: Mapping[str, tuple[str, Callable[[], float | None]]]) -> None:
        self._gauges = gauges

    def collect(self) -> Iterable[Metric]:
        for name, (about, read) in self._gauges.items():
            try:
                value = read()
            except Exception:  # whatever ails one number, the others are told
                continue
            if value is not None:
                yield GaugeMetricFamily(name, about, value)

    def describe(self) -> Iterable[Metric]:
        return ()
