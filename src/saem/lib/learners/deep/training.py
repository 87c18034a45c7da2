"""Training a network: early stopping on students it does not train on, reproducible by its seed."""

import copy
import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from saem.lib.learners.errors import ParameterError
from saem.lib.learners.responses import Floats

from .networks import Inputs
from .sequences import NO_ROW, Batch, Encoded, Indexes, Window, batches_of

LARGEST_GRADIENT = 1.0
WEIGHT_DECAY = 1e-2
# The last epoch may have gained this much log-loss at most, or training ended too early.
FLAT = 1e-3


@dataclass(frozen=True)
class Plan:
    """At most `epochs`, while the learning rate falls to 0 along a cosine; it ends when `patience` epochs in turn bring
    no lower log-loss on the validation students.
    """

    epochs: int
    patience: int
    batch_size: int
    learning_rate: float
    seed: int


@dataclass(frozen=True)
class Outcome:
    """`losses` are the validation log-loss after each epoch, empty where there was nobody to validate on."""

    epochs: int
    losses: tuple[float, ...]

    @property
    def converged(self) -> bool:
        """The validation loss went flat or rose again."""
        return len(self.losses) > 1 and self.losses[-1] > min(self.losses[:-1]) - FLAT


def device_of(name: str) -> torch.device:
    """`auto` is a GPU where there is one; raises ParameterError for a device that this machine lacks."""
    if name == "auto":
        return torch.device("cuda" if torch.cuda.is_available() else "cpu")
    try:
        torch.zeros(1, device=name)
    except (RuntimeError, AssertionError) as error:
        raise ParameterError(f"PyTorch finds no device {name!r} here") from error
    return torch.device(name)


@contextmanager
def seeded(seed: int) -> Iterator[None]:
    """PyTorch's random numbers from this seed inside, and undisturbed outside."""
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        yield


def train(network: nn.Module, data: Encoded, windows: tuple[Sequence[Window], Sequence[Window]], plan: Plan) -> Outcome:
    """AdamW on the log-loss of the first windows' fresh rows; the second are to validate on. Leaves the weights of the
    best epoch in the network.
    """
    train_on, validate_on = windows
    generator = np.random.default_rng(plan.seed)
    optimiser = torch.optim.AdamW(network.parameters(), lr=plan.learning_rate, weight_decay=WEIGHT_DECAY)
    losses: list[float] = []
    best: dict[str, Any] = {}
    epoch = 0
    for epoch in range(1, plan.epochs + 1):
        for group in optimiser.param_groups:
            group["lr"] = plan.learning_rate * (1 + math.cos(math.pi * (epoch - 1) / plan.epochs)) / 2
        _train_once(network, data, batches_of(data, train_on, plan.batch_size, generator), optimiser)
        if not validate_on:
            continue
        losses.append(log_loss(data.right, chances(network, data, validate_on)))
        if losses[-1] <= min(losses):
            best = copy.deepcopy(network.state_dict())
        elif epoch - 1 - int(np.argmin(losses)) >= plan.patience:
            break
    if best:
        network.load_state_dict(best)
    return Outcome(epoch, tuple(losses))


def log_loss(right: Indexes, chance: Floats) -> float:
    """Mean over the rows that have a chance, natural logarithm."""
    mine = ~np.isnan(chance)
    likely = np.where(right[mine] == 1, chance[mine], 1 - chance[mine])
    return float(-np.log(np.maximum(likely, 1e-12)).mean())


def logits(network: nn.Module, data: Encoded, windows: Sequence[Window]) -> Floats:
    """(rows of the data,); NaN for rows that are in no window."""
    network.eval()
    found = np.full(len(data.right), np.nan)
    with torch.inference_mode():
        for batch in batches_of(data, windows, 32):
            fresh = batch.row != NO_ROW
            found[batch.row[fresh]] = network(_inputs(batch, data, network)).cpu().numpy()[fresh]
    return found


def chances(network: nn.Module, data: Encoded, windows: Sequence[Window]) -> Floats:
    """(rows of the data,) of a right answer; NaN for rows that are in no window."""
    return 1 / (1 + np.exp(-logits(network, data, windows)))


def _train_once(network: nn.Module, data: Encoded, batches: Iterator[Batch], optimiser: torch.optim.Optimizer) -> None:
    network.train()
    for batch in batches:
        inputs = _inputs(batch, data, network)
        fresh = torch.as_tensor(batch.row != NO_ROW, device=inputs.right.device)
        target = inputs.right[fresh].to(inputs.features.dtype)
        loss = functional.binary_cross_entropy_with_logits(network(inputs)[fresh], target)
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(network.parameters(), LARGEST_GRADIENT)
        optimiser.step()


def _inputs(batch: Batch, data: Encoded, network: nn.Module) -> Inputs:
    like = next(network.parameters())
    item, tag, right = (torch.as_tensor(codes, device=like.device) for codes in (batch.item, batch.tag, batch.right))
    features, members = (
        torch.as_tensor(numbers, dtype=like.dtype, device=like.device) for numbers in (batch.features, data.members)
    )
    return Inputs(item, tag, right, features, members)
