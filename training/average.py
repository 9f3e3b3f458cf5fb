"""Averages two files of weights, which does much of what letting the learning rate fall does.

python -m training.average --weights RUN/state.pt EARLIER/final.pt --share 0.7 --out averaged.pt
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch
from torch import Tensor


def load(path: Path) -> dict[str, Tensor]:
    """The weights of a final file or of the state of a run."""
    kept = torch.load(path, map_location="cpu")
    found: dict[str, Tensor] = kept.get("model", kept)
    return found


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--weights", type=Path, nargs=2, required=True)
    parser.add_argument("--share", type=float, default=0.7, help="what the first counts, up to 1")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    first, second = map(load, args.weights)
    share = args.share
    torch.save({n: share * first[n] + (1 - share) * second[n] for n in first}, args.out)


if __name__ == "__main__":
    main()
