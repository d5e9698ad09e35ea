"""`provisor` with a name service of the test's own: what it answers stands in a file.

The file holds, by name, the answers in their order, the last one for ever; null for a name that
does not exist. A line for each question goes to the file's `.asked`.
"""

from __future__ import annotations

import json
import os
import socket
import threading
from pathlib import Path

_LOCK = threading.Lock()


def install(answers: dict[str, list[str | None]], log: Path) -> None:
    def by_name(name: str) -> str:
        if name.replace(".", "").isdigit():
            return name
        with _LOCK, log.open("a", encoding="utf-8") as questions:
            questions.write(f"{name}\n")
            found = answers.get(name, [None])
            answer = found.pop(0) if len(found) > 1 else found[0]
        if answer is None:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return answer

    socket.gethostbyname = by_name


def main() -> None:
    path = Path(os.environ["STUBBED_NAMES"])
    install(json.loads(path.read_text(encoding="utf-8")), path.with_suffix(".asked"))
    from cli import run

    run()


if __name__ == "__main__":
    main()
