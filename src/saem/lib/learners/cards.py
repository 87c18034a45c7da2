"""A model's card as a file: JSON, in codes; whoever shows it has the words."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from .model import ModelCard

FILE = "card.json"


def card_json(card: ModelCard) -> dict[str, Any]:
    """The card as JSON values."""
    return {**asdict(card), "evaluation": _plain(card.evaluation)}


def write_card(card: ModelCard, folder: Path) -> Path:
    """Write `card.json` beside a saved model; NaN is refused."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / FILE
    path.write_text(json.dumps(card_json(card), ensure_ascii=False, allow_nan=False, indent=1), encoding="utf-8")
    return path


def _plain(facts: Mapping[str, Any]) -> dict[str, Any]:
    return {str(name): value for name, value in facts.items()}
