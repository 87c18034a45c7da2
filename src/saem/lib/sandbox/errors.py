"""What can be wrong with the platform itself; whatever student code does is an `Outcome`, never one of these."""


class SandboxError(Exception):
    """Base of the tree.

    SandboxError
    ├── SandboxUnavailable   no zygote, no daemon, or it died under a running job: try again later
    ├── IsolationTooWeak     this machine cannot isolate as strongly as the configured minimum asks
    └── JobRefused           the job itself is malformed: a file name that leaves the folder, too many bytes
        └── FlavourMissing   it wants libraries that this machine does not have
    """


class SandboxUnavailable(SandboxError):  # noqa: N818 -- reads as the sentence it is
    """Nothing could run the job; the job did nothing wrong."""


class IsolationTooWeak(SandboxError):  # noqa: N818  # a finding, named as one
    """Running untrusted code here would be less safe than the operator allows."""


class JobRefused(SandboxError):  # noqa: N818  # a finding, named as one
    """The caller asked for something no cell could do."""


class FlavourMissing(JobRefused):
    """The flavour is unknown, or its libraries are not installed for the Python that runs lessons."""
