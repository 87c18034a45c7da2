"""What can stand between a worker and its queue."""


class FleetError(Exception):
    """FleetError
    ├── QueueAwayError    the queue cannot be reached just now; try again later
    ├── ClaimLostError    the job has passed to another worker, or has ended; nothing was written
    ├── KeyRefusedError   the site does not know this machine's key, or has revoked it
    └── ParcelError       bytes that should be a parcel are none
    """


class QueueAwayError(FleetError):
    pass


class ClaimLostError(FleetError):
    pass


class KeyRefusedError(FleetError):
    pass


class ParcelError(FleetError):
    pass
