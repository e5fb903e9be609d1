"""Another site with images, and with things that are not images."""

import contextlib
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001a5f645400000"
    "000049454e44ae426082"
)


class _Site(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.server.asked.append(self.path)  # type: ignore[attr-defined]
        name = self.path.partition("?")[0].strip("/")
        if name == "missing.png":
            return self._answer(404, b"")
        if name == "inside.png":
            return self._answer(302, b"", Location="http://192.168.0.1/a.png")
        if name == "page.html.png":
            return self._answer(200, b"<html>no picture</html>")
        if name in ("endless.png", "slow.png"):
            return self._go_on(PNG * 1000 if name == "endless.png" else b"x", 0 if name == "endless.png" else 0.05)
        return self._answer(200, PNG + name.encode())

    def _answer(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for key, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(key, value)
        self.end_headers()
        self.wfile.write(body)

    def _go_on(self, piece: bytes, pause: float) -> None:
        self.send_response(200)
        self.end_headers()
        with contextlib.suppress(OSError):
            for _ in range(400):
                self.wfile.write(piece)
                time.sleep(pause)

    def log_message(self, *_: Any) -> None:
        pass


@contextmanager
def serving(handler: type[BaseHTTPRequestHandler] = _Site) -> Iterator[ThreadingHTTPServer]:
    """A server on this machine; `asked` are the requested paths."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    server.asked = []  # type: ignore[attr-defined]
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
