"""Trains the reader on CPU cores, one process a core; can be stopped and resumed at any time.

    nice -n 19 python -m training.train --base BASE --data train.jsonl --out RUN --minutes 70
    nice -n 19 python -m training.train --base BASE --data train.jsonl --out RUN --minutes 30 --anneal

Each process makes steps of its own on its share of the batches; every few seconds their weights are
averaged (local SGD), so that on a busy machine none waits for another at each step. The learning
rate is held after warming up; with ``--anneal`` it falls to nothing within the minutes given, and
``final.pt`` is written. Weights and the optimiser's state are kept in ``RUN/state.pt`` every few
minutes and at the end; a run that finds it goes on from there.
"""

from __future__ import annotations

import argparse
import os
import signal
import time
from pathlib import Path
from typing import Any, TextIO

os.environ.setdefault("OMP_NUM_THREADS", "1")

import torch
import torch.distributed as dist
from torch import Tensor, nn
from torch.nn import functional

from training.batches import (
    LENGTHS,
    Batch,
    Example,
    endless,
    load_examples,
    load_tokenizer,
    tensors,
)
from training.model import Reader, from_base

SEED = 13
LEARNING_RATE = 1e-4
WEIGHT_DECAY = 0.01
WARMUP_STEPS = 200
SYNC_SECONDS = 10
SAVE_SECONDS = 240
LOG_STEPS = 50
EVIDENCE, ANSWERABLE = 0.2, 0.2
"""Weights of the losses of the sentence head and of the answerable head; the span's is 1."""


def among(logits: Tensor, marked: Tensor) -> Tensor:
    """Cross-entropy of some marked token being the one."""
    wanted = logits.masked_fill(marked == 0, -torch.inf).logsumexp(1)
    return (logits.logsumexp(1) - wanted).mean()


def loss_of(model: Reader, batch: Batch) -> tuple[Tensor, Tensor]:
    """The loss to train on, and its part for the span."""
    with torch.autocast("cpu", torch.bfloat16):
        starts, ends, evidence, answerable = model(batch.ids, batch.kinds, batch.mask)
    span = among(starts, batch.starts) + among(ends, batch.ends)
    weight = (batch.kinds * batch.mask).float()
    places = functional.binary_cross_entropy_with_logits(
        evidence.clamp(min=-30), batch.evidence, weight=weight, reduction="sum"
    )
    known = 1 - batch.starts[:, 0]
    there = functional.binary_cross_entropy_with_logits(answerable, known)
    return span / 2 + EVIDENCE * places / weight.sum() + ANSWERABLE * there, span.detach() / 2


def optimiser_of(parameters: list[nn.Parameter]) -> torch.optim.AdamW:
    """AdamW with decay on matrices alone."""
    groups = [
        {"params": [p for p in parameters if p.ndim > 1], "weight_decay": WEIGHT_DECAY},
        {"params": [p for p in parameters if p.ndim == 1], "weight_decay": 0.0},
    ]
    return torch.optim.AdamW(groups, lr=LEARNING_RATE, fused=True)


class Worker:
    """One of the processes that train together."""

    def __init__(self, rank: int, args: argparse.Namespace) -> None:
        self.rank, self.args = rank, args
        self.model = from_base(args.base)
        self.model.words.weight.requires_grad_(False)
        self.model.train()
        self.trained = [p for p in self.model.parameters() if p.requires_grad]
        self.optimiser = optimiser_of(self.trained)
        self.epoch = self.step = self.seen = self.first = 0
        self.state = args.out / "state.pt"
        if self.state.exists():
            self._resume()
        self.log = (args.out / f"log-{rank}.txt").open("a")
        self.began = time.monotonic()

    def _resume(self) -> None:
        kept = torch.load(self.state)
        self.model.load_state_dict(kept["model"])
        self.optimiser.load_state_dict(kept["optimiser"])
        self.epoch, self.step, self.seen = kept["epoch"] + 1, kept["step"], kept["seen"]

    def save(self, path: Path, kept: dict[str, Any]) -> None:
        """Write a file so that it is whole or not there."""
        part = path.with_suffix(".part")
        torch.save(kept, part)
        part.replace(path)

    def keep(self) -> None:
        """Keep all that a later run needs to go on."""
        self.save(
            self.state,
            {
                "model": self.model.state_dict(),
                "optimiser": self.optimiser.state_dict(),
                "epoch": self.epoch,
                "step": self.step,
                "seen": self.seen,
            },
        )

    @property
    def spent(self) -> float:
        """Share of the time that is spent."""
        return (time.monotonic() - self.began) / (60 * float(self.args.minutes))

    def rate(self) -> float:
        """The learning rate of this moment."""
        rate = float(self.args.rate) * min(1.0, (self.step + 1) / WARMUP_STEPS)
        return rate * float(max(1 - self.spent, 0.01)) if self.args.anneal else rate

    def learn(self, batch: Batch) -> float:
        """One step; the span's loss."""
        for group in self.optimiser.param_groups:
            group["lr"] = self.rate()
        loss, span = loss_of(self.model, batch)
        self.optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(self.trained, 1.0)
        self.optimiser.step()
        self.step, self.seen = self.step + 1, self.seen + batch.ids.numel()
        return float(span.item())

    @torch.no_grad()
    def average(self) -> bool:
        """Average the weights of all processes; false where one of them is asked to stop."""
        going = torch.tensor([float(self.spent < 1 and not Stop.asked)])
        dist.all_reduce(going)
        flat = torch.cat([p.reshape(-1) for p in self.trained])
        dist.all_reduce(flat)
        flat /= self.args.processes
        for p, part in zip(
            self.trained, flat.split([p.numel() for p in self.trained]), strict=True
        ):
            p.copy_(part.view_as(p))
        return bool(going.item() == self.args.processes)


class Stop:
    """Whether a signal asked to end."""

    asked = False

    @classmethod
    def ask(cls, *_: object) -> None:
        """Take note of a signal."""
        cls.asked = True


def say(worker: Worker, at: str, losses: list[float], out: TextIO) -> None:
    """A line of the log."""
    seconds = time.monotonic() - worker.began
    speed = (worker.seen - worker.first) / seconds
    print(
        f"step {worker.step} epoch {worker.epoch} at {at} span loss {sum(losses) / len(losses):.4f} "
        f"rate {worker.rate():.2e} minutes {seconds / 60:.1f} tokens/s {speed:.0f}",
        file=out,
        flush=True,
    )


def run(worker: Worker, examples: list[Example]) -> None:
    """Train until the time is spent or a signal comes."""
    args, losses = worker.args, []
    lengths = LENGTHS["anneal" if args.anneal else "hold"]
    worker.first = worker.seen
    synced = saved = time.monotonic()
    for epoch, at, windows in endless(examples, lengths, worker.epoch, SEED + worker.rank):
        worker.epoch = epoch
        losses.append(worker.learn(tensors(windows)))
        if worker.step % LOG_STEPS == 0:
            say(worker, at, losses, worker.log)
            losses = []
        if time.monotonic() - synced < SYNC_SECONDS:
            continue
        going, synced = worker.average(), time.monotonic()
        if worker.rank == 0 and (not going or synced - saved > SAVE_SECONDS):
            worker.keep()
            saved = synced
        if not going:
            break
    if worker.rank == 0 and args.anneal:
        worker.save(args.out / "final.pt", worker.model.state_dict())


def work(rank: int, args: argparse.Namespace, examples: list[Example]) -> None:
    """Train in one process."""
    torch.set_num_threads(1)
    signal.signal(signal.SIGTERM, Stop.ask)
    os.environ.update(MASTER_ADDR="127.0.0.1", MASTER_PORT=str(args.port))
    dist.init_process_group("gloo", rank=rank, world_size=args.processes)
    torch.manual_seed(SEED + rank)
    run(Worker(rank, args), examples[rank :: args.processes])
    dist.barrier()
    dist.destroy_process_group()


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--base", type=Path, required=True, help="folder of the base weights")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--minutes", type=float, default=70)
    parser.add_argument("--rate", type=float, default=LEARNING_RATE)
    parser.add_argument(
        "--anneal", action="store_true", help="let the learning rate fall to nothing"
    )
    parser.add_argument("--port", type=int, default=29871)
    parser.add_argument("--processes", type=int, default=2)
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    examples = load_examples(args.data, load_tokenizer(args.base))
    torch.multiprocessing.start_processes(
        work, (args, examples), nprocs=args.processes, start_method="fork"
    )


if __name__ == "__main__":
    main()
