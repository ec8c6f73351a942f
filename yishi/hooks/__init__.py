"""Webhooks (事件推送): events sent to other programs as they are recorded. ADR and docs/events-out.md say what may be relied on."""
