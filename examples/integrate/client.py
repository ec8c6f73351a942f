"""Signs a hall in, opens its sitting, has one vote counted by key-pads, and reads it all back: python client.py URL TOKEN SESSION."""

import json
import sys
import urllib.request as http

URL, TOKEN, SESSION = sys.argv[1:4]


def call(method, path, body=None):
    """One call. A refusal (409) is an answer like any other; what is on its way (202) is sent again, and waits for its answer."""
    request = http.Request(f"{URL}/v1{path}", json.dumps(body).encode() if body else None, method=method)
    request.headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json", "Accept-Language": "en"}
    try:
        with http.urlopen(request, timeout=60) as answer:
            told = json.load(answer)
    except http.HTTPError as problem:
        told = json.load(problem)
        if problem.code != 409:
            raise SystemExit(f"{told['title']}: {told['detail']}") from None
    return call(method, path, body) if told.get("outcome") == "pending" else told


def act(name, at, office, **fields):
    """The id says what the act is, so that sent again, after a cut line or a restart, it is the same act."""
    sent = {"command_id": f"client/{SESSION}/{name}/{at}", "session": SESSION, "act": name, "at": at}
    told = call("POST", "/acts", sent | {"actor": {"office": office}, "fields": fields})
    print(name, told["outcome"], told.get("detail") or [event["name"] for event in told["events"]])


before = call("GET", "")["size"]
cards = [{"at": "2025-01-21T08:10:00+08:00", "card": f"C{n:03d}"} for n in range(1, 22)]
hall = call("POST", "/sign-ins", {"session": SESSION, "sitting": "plenary-1", "device": "gate-1", "taps": cards})
print("present", hall["light"]["present"], "of", hall["light"]["total"])
act("open-sitting", "2025-01-21T08:30:00+08:00", "presidium", sitting="plenary-1")
total = {"subject": "agenda", "at": "2025-01-21T08:39:00+08:00", "in_favour": 20, "against": 0, "abstained": 1}
print("key-pads", call("POST", "/key-pad-totals", {"session": SESSION, "device": "hall-1", "totals": [total]}))
act("put-to-vote", "2025-01-21T08:40:00+08:00", "presidium", subject="agenda", method="electronic")
for event in call("GET", f"/events?after={before}&wait=0&session={SESSION}")["events"][-3:]:
    print("heard", event["position"], event["name"], event["recorded_at"])
