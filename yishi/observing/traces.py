"""Traces by OpenTelemetry: where an act spent its time, from the door through Temporal to the ledger. Off unless somebody says where to.

What leaves this process is a list of ours: names of spans, and attributes that name an act, a route, a session or a run of Temporal. Everything
else a library would add (the words of an exception, ids that a client chose) is left out on the way.
"""

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from opentelemetry.trace import Tracer

STANDARD = ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT")
PATH = "/v1/traces"
SERVICE = "yishi"
SAID = frozenset({
    "act", "outcome", "session", "http.request.method", "http.route", "http.response.status_code",
    "temporalWorkflowID", "temporalRunID", "temporalActivityID", "error.type",
})  # fmt: skip
"""Attributes that may be said."""


class Traces:
    """The traces of one process; with no tracer nothing is traced, and nothing imported."""

    def __init__(self, tracer: "Tracer | None" = None, provider: Any = None) -> None:
        self.tracer, self._provider = tracer, provider

    def interceptors(self) -> list[Any]:
        """For a Temporal client, and so for the workers that use it."""
        if self.tracer is None:
            return []
        from temporalio.contrib.opentelemetry import TracingInterceptor  # noqa: PLC0415 # for those alone who trace

        return [TracingInterceptor(self.tracer)]

    @contextmanager
    def span(self, name: str, carrier: Mapping[str, str] | None = None, **attributes: str | int) -> Iterator[Any]:
        """A span around something; `carrier`: headers of whoever asked, who may trace too."""
        if self.tracer is None:
            yield _Nothing()
            return
        context = None
        if carrier is not None:
            from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator  # noqa: PLC0415

            context = TraceContextTextMapPropagator().extract(dict(carrier))
        with self.tracer.start_as_current_span(
            name, context=context, attributes=attributes, record_exception=False
        ) as span:
            yield span

    def close(self) -> None:
        """Send what is left, and end."""
        if self._provider is not None:
            self._provider.shutdown()


class _Nothing:
    def set_attribute(self, key: str, value: object) -> None:
        """Nobody traces."""

    def update_name(self, name: str) -> None:
        """Nobody traces."""


def traces(endpoint: str | None, version: str, environment: Mapping[str, str] | None = None) -> Traces:
    """Traces to an OTLP receiver, if the setting or one of the standard variables names one; else none.

    Args:
        endpoint: its address without a path, such as http://127.0.0.1:4318; it goes before the standard variables.
    """
    environment = os.environ if environment is None else environment
    if endpoint is None and not any(environment.get(name) for name in STANDARD):
        return Traces()
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter  # noqa: PLC0415 # as above
    from opentelemetry.sdk.resources import Resource  # noqa: PLC0415
    from opentelemetry.sdk.trace import ReadableSpan, TracerProvider  # noqa: PLC0415
    from opentelemetry.sdk.trace.export import BatchSpanProcessor, SpanExporter, SpanExportResult  # noqa: PLC0415
    from opentelemetry.trace import Link, Status  # noqa: PLC0415

    class OnlyWhatMayBeSaid(SpanExporter):
        def __init__(self, to: SpanExporter) -> None:
            self._to = to

        def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
            return self._to.export([_cleaned(span) for span in spans])

        def shutdown(self) -> None:
            self._to.shutdown()

        def force_flush(self, timeout_millis: int = 30_000) -> bool:
            return self._to.force_flush(timeout_millis)

    def _cleaned(span: ReadableSpan) -> ReadableSpan:
        return ReadableSpan(
            name=span.name,
            context=span.context,
            parent=span.parent,
            resource=span.resource,
            attributes={key: value for key, value in (span.attributes or {}).items() if key in SAID},
            links=[Link(link.context) for link in span.links],
            kind=span.kind,
            status=Status(span.status.status_code),
            start_time=span.start_time,
            end_time=span.end_time,
            instrumentation_scope=span.instrumentation_scope,
        )

    to = OTLPSpanExporter(endpoint=endpoint.rstrip("/") + PATH) if endpoint else OTLPSpanExporter()
    resource = Resource.create(
        {"service.name": environment.get("OTEL_SERVICE_NAME") or SERVICE, "service.version": version}
    )
    provider = TracerProvider(resource=resource, shutdown_on_exit=False)
    provider.add_span_processor(BatchSpanProcessor(OnlyWhatMayBeSaid(to)))
    return Traces(provider.get_tracer(SERVICE, version), provider)
