"""The pages, in a process of their own."""

import os
import signal
import threading
import time


def end_with(supervisor: int) -> None:
    """End, with all workers, once the supervisor is gone."""
    while os.getppid() == supervisor:
        time.sleep(0.5)
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    from granian.cli import entrypoint

    supervisor = int(os.environ.get("MIEDZA_SUPERVISOR", os.getppid()))
    threading.Thread(target=end_with, args=(supervisor,), daemon=True).start()
    entrypoint()  # type: ignore[no-untyped-call] # The library ships no types for it.
