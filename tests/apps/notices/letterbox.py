"""A mail server on loopback that answers as a test wants it to."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Letterbox(socketserver.ThreadingTCPServer):
    """Keeps what it accepts in `letters`; `answers` replaces the answer to a command, None hangs up instead."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, answers: dict[str, str | None]) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.answers = answers
        self.letters: list[str] = []


class _Talk(socketserver.StreamRequestHandler):
    server: Letterbox

    def handle(self) -> None:
        self.say("220 letterbox")
        for raw in self.rfile:
            word = raw.decode().strip().split(" ")[0].upper()
            if word == "DATA":
                self.say("354 go on")
                self.server.letters.append(self.letter())
                word = "END"
            answer = self.server.answers.get(word, "221 bye" if word == "QUIT" else "250 ok")
            if answer is None:
                return
            self.say(answer)

    def letter(self) -> str:
        lines = []
        while (line := self.rfile.readline().decode()) not in {".\r\n", ""}:
            lines.append(line)
        return "".join(lines)

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


@contextmanager
def letterbox(settings, **answers: str | None) -> Iterator[Letterbox]:
    """The site mails to it until the block ends."""
    with Letterbox(answers) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.server_address[1]
        settings.EMAIL_USE_TLS = False
        yield server
        server.shutdown()
