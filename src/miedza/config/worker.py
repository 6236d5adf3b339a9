"""The worker and the clock, in a process of their own."""

import os
import signal
import threading
from types import FrameType

import django


def main() -> None:
    """Work until told to stop, or until the supervisor is gone."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "miedza.config.settings")
    django.setup()
    from miedza.jobs.calendars import run_calendars
    from miedza.jobs.worker import run_worker

    told: list[int] = []

    def stop(number: int, _frame: FrameType | None) -> None:
        told.append(number)

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    supervisor = int(os.environ.get("MIEDZA_SUPERVISOR", os.getppid()))

    def stopping() -> bool:
        return bool(told) or os.getppid() != supervisor

    beside = threading.Thread(target=run_calendars, kwargs={"stopping": stopping}, daemon=True)
    beside.start()
    run_worker(stopping=stopping)


if __name__ == "__main__":
    main()
