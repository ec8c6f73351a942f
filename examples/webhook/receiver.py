"""Takes in events from Yishi and checks who signed them: `python receiver.py hook.json 1`, with the file of `yishi webhook add --keep`."""

import json
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

from standardwebhooks import Webhook, WebhookVerificationError

webhook = Webhook(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))["secret"])
seen: set[str] = set()  # a program keeps these on its disk: what was taken in may come once more


class Receiver(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        try:
            event = webhook.verify(body, dict(self.headers))
        except WebhookVerificationError:
            return self.send_error(401)
        if self.headers["webhook-id"] not in seen:
            sys.stdout.write(f"{event['id']} {event['type']} {event['data']['says']['en']}\n")
            seen.add(self.headers["webhook-id"])
        self.send_response(204)
        return self.end_headers()


server = HTTPServer(("127.0.0.1", 18474), Receiver)
while len(seen) < int(sys.argv[2]):
    server.handle_request()
