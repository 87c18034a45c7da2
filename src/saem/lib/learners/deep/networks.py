"""The two networks: an LSTM (DKT), and the LSTM with attention that forgets (AKT), over the same embeddings.

Both read one row per response and give the logit of a right answer from earlier rows alone. Shapes: B windows, T rows,
D features.
"""

import math
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

# Of the weight that distance takes from a row, as in AKT: what is far away keeps a little.
LEAST_WEIGHT = 1e-5
COUNTS = 6


@dataclass(frozen=True)
class Inputs:
    """`item`, `tag` and `right` (B, T) are codes, `features` (B, T, 2) and `members` (tag sets, skills + 1) numbers."""

    item: Tensor
    tag: Tensor
    right: Tensor
    features: Tensor
    members: Tensor


class Embedding(nn.Module):
    """Questions and interactions: skills, moved along one direction by the item's difficulty (AKT's Rasch embeddings).

    A response with several skills has the mean of their embeddings. With `level` "item" a question also tells what the
    learner did so far on its skills, on the item and at all, as Best-LR's log counts do; with "skill" it is the skills
    alone, as in the first DKT.
    """

    def __init__(self, *, skills: int, width: int, level: str) -> None:
        super().__init__()
        self.is_item_level = level == "item"
        self.skill, self.variation, self.answered = (
            nn.Parameter(torch.randn(skills + 1, width) / math.sqrt(width)) for _ in range(3)
        )
        self.answer = nn.Embedding(2, width)
        self.answer_variation = nn.Embedding(2, width)
        self.features = nn.Linear(2, width)
        self.counts = nn.Linear(COUNTS, width)

    def forward(self, inputs: Inputs) -> tuple[Tensor, Tensor]:
        """The questions and the interactions, both (B, T, D)."""
        tag, sign = inputs.tag, (2 * inputs.right - 1).unsqueeze(-1)
        question = (inputs.members @ self.skill)[tag]
        interaction = sign * (inputs.members @ self.answered)[tag] + self.answer(inputs.right)
        if not self.is_item_level:
            return question, question + interaction
        difficulty = inputs.features[..., :1]
        question = question + difficulty * (inputs.members @ self.variation)[tag] + self.features(inputs.features)
        interaction = question + interaction + difficulty * self.answer_variation(inputs.right)
        return question + self.counts(earlier_counts(inputs)), interaction


class Head(nn.Module):
    """The logit from what is known of the learner and the question."""

    def __init__(self, width: int, dropout: float) -> None:
        super().__init__()
        self.layers = nn.Sequential(
            nn.Linear(2 * width, 2 * width), nn.ReLU(), nn.Dropout(dropout), nn.Linear(2 * width, 1)
        )

    def forward(self, known: Tensor, question: Tensor) -> Tensor:
        logit: Tensor = self.layers(torch.cat([known, question], dim=-1)).squeeze(-1)
        return logit


class DktNetwork(nn.Module):
    """An LSTM over interactions (Piech et al. 2015), asked about the next question."""

    def __init__(self, *, skills: int, width: int, dropout: float, level: str) -> None:
        super().__init__()
        self.embedding = Embedding(skills=skills, width=width, level=level)
        self.recurrent = nn.LSTM(width, width, batch_first=True)
        self.dropout = nn.Dropout(dropout)
        self.head = Head(width, dropout)

    def forward(self, inputs: Inputs) -> Tensor:
        question, interaction = self.embedding(inputs)
        known, _ = self.recurrent(self.dropout(_earlier(interaction)))
        logit: Tensor = self.head(self.dropout(known), question)
        return logit


class AktNetwork(nn.Module):
    """AKT's retriever (Ghosh, Heffernan & Lan 2020) asks for earlier questions like this one; what it asks with also
    holds an LSTM's memory, which stands for AKT's two encoders at a third of their time.
    """

    def __init__(self, *, skills: int, width: int, dropout: float, level: str, heads: int) -> None:
        super().__init__()
        self.embedding = Embedding(skills=skills, width=width, level=level)
        self.recurrent = nn.LSTM(width, width, batch_first=True)
        self.dropout = nn.Dropout(dropout)
        self.retriever = Block(width, heads, dropout)
        self.head = Head(width, dropout)

    def forward(self, inputs: Inputs) -> Tensor:
        question, interaction = self.embedding(inputs)
        memory, _ = self.recurrent(self.dropout(_earlier(interaction)))
        logit: Tensor = self.head(self.retriever(question + memory, question, interaction), question)
        return logit


class Block(nn.Module):
    """Attention and a feed-forward layer, each added to the query and normalised."""

    def __init__(self, width: int, heads: int, dropout: float) -> None:
        super().__init__()
        self.attention = ForgettingAttention(width, heads, dropout)
        self.feed = nn.Sequential(
            nn.Linear(width, 2 * width), nn.ReLU(), nn.Dropout(dropout), nn.Linear(2 * width, width)
        )
        self.norms = nn.ModuleList([nn.LayerNorm(width), nn.LayerNorm(width)])
        self.dropout = nn.Dropout(dropout)

    def forward(self, query: Tensor, key: Tensor, value: Tensor) -> Tensor:
        found = self.norms[0](query + self.dropout(self.attention(query, key, value)))
        out: Tensor = self.norms[1](found + self.dropout(self.feed(found)))
        return out


class ForgettingAttention(nn.Module):
    """AKT's monotonic attention to earlier rows: scores fade with a distance that counts rows like this one more."""

    def __init__(self, width: int, heads: int, dropout: float) -> None:
        super().__init__()
        self.heads = heads
        self.match = nn.Linear(width, width)  # one projection for queries and keys, as in AKT
        self.value = nn.Linear(width, width)
        self.out = nn.Linear(width, width)
        self.decay = nn.Parameter(torch.zeros(heads, 1, 1))
        self.dropout = nn.Dropout(dropout)

    def forward(self, query: Tensor, key: Tensor, value: Tensor) -> Tensor:
        queries, keys, values = (self._split(part) for part in (self.match(query), self.match(key), self.value(value)))
        place = torch.arange(query.shape[1], device=query.device)
        gap = place[:, None] - place[None, :]
        score = queries @ keys.transpose(-2, -1) / math.sqrt(queries.shape[-1])
        score = score * self._fading(score.detach(), gap)
        mixed = (self.dropout(_softmax(score, gap > 0)) @ values).transpose(1, 2).reshape(value.shape)
        out: Tensor = self.out(mixed)
        return out

    def _split(self, features: Tensor) -> Tensor:
        batch, length, width = features.shape
        return features.view(batch, length, self.heads, width // self.heads).transpose(1, 2)

    def _fading(self, score: Tensor, gap: Tensor) -> Tensor:
        weight = _softmax(score, gap > 0)
        # Summed from the end, what comes after the last row is exactly nothing: the root would make much of a rest.
        after = functional.pad(weight.flip(-1).cumsum(dim=-1).flip(-1)[..., 1:], (0, 1))
        distance = (after * gap.clamp(min=0)).sqrt()
        return torch.exp(-functional.softplus(self.decay) * distance).clamp(min=LEAST_WEIGHT)


def earlier_counts(inputs: Inputs) -> Tensor:
    """(B, T, 6): log(1 + right) and log(1 + wrong) answers in earlier rows with a skill of this row, with its item, and
    in all.
    """
    with torch.no_grad():
        members = inputs.members[inputs.tag]
        past = torch.ones_like(members[0, :, :1] @ members[0, :, :1].T).tril(-1)
        same_skill = (members @ members.transpose(1, 2) > 0) * past
        same_item = (inputs.item[:, :, None] == inputs.item[:, None, :]) * (inputs.item[:, :, None] > 0) * past
        answer = torch.stack([inputs.right, 1 - inputs.right], dim=-1).to(past.dtype)
        return torch.log1p(torch.cat([same_skill @ answer, same_item @ answer, past @ answer], dim=-1))


def _softmax(score: Tensor, visible: Tensor) -> Tensor:
    """Over the visible rows; the first row of a window sees none, and takes nothing."""
    return torch.softmax(score.masked_fill(~visible, -1e9), dim=-1) * visible


def _earlier(sequence: Tensor) -> Tensor:
    """Each row holds the one before it, the first nothing."""
    return functional.pad(sequence[:, :-1], (0, 0, 1, 0))
