"""Train the checker: ``python -m pincite.app.checker.train --data DIR``; the model card has the commands of what ships.

Resumable: the run folder holds a checkpoint that a restarted command continues from. Deterministic for one seed and one number of
threads. Losses: cross-entropy for the verdict and the stance, binary cross-entropy for "answers", each over the pairs that have that
label. bfloat16 autocast doubles the speed on processors that have it.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Literal, get_args

import torch
from pincite.ingest.embed import vocabulary_file
from tokenizers import Tokenizer
from torch import nn

from .encoding import encode, pad
from .network import JudgeNetwork
from .pairs import (
    IGNORE,
    Pair,
    altered_pairs,
    brief_claim_pairs,
    brief_pairs,
    claim_pairs,
    contrast_pairs,
    group_pairs,
    public_pairs,
    qnli_pairs,
    question_pairs,
    read_rows,
)

BATCH = 32
WARMUP = 0.06
LISTWISE = 1.0
"""Weight of a question's listwise loss, beside one for each of its pairs."""
Mixture = Literal["both", "claims", "questions"]
OWN = Path(__file__).with_name("data")
"""The question sets that were written for this project."""


def training_pairs(data: Path, own: Path, epoch: int, seed: int, mixture: Mixture) -> list[Pair]:
    """The pairs of one epoch, those of one query side by side, the queries shuffled.

    "claims" has all claims, and general minimally edited pairs in its first epoch; "both" some questions beside them; "questions" all
    questions, with an eighth of the claims, so that the verdict is not forgotten.
    """
    rng = random.Random(seed * 1000 + epoch)
    about_claims = mixture != "questions"
    part = slice(None) if about_claims else slice((seed + epoch) % 8, None, 8)
    written = read_rows(data / "claims/train/written.jsonl")[part]
    contrast = read_rows(data / "claims/train/contrast.jsonl")[part]
    briefs = read_rows(own / "question-briefs.jsonl")
    pairs = [
        *claim_pairs(written, rng),
        *altered_pairs(written, rng),
        *contrast_pairs(contrast, rng),
        *brief_claim_pairs(briefs, rng),
    ]
    if about_claims:
        pairs += public_pairs(data, rng, general=3000 if epoch == 0 else 0)
    if mixture != "claims":
        few = mixture == "both"
        pairs += question_pairs(read_rows(data / "questions/written-train.jsonl"), rng, near=1 if few else 4)
        pairs += group_pairs(read_rows(own / "question-groups.jsonl"))
        pairs += brief_pairs(briefs, rng, share=0.1 if few else 1.0)
        pairs += qnli_pairs(data, rng, count=0 if few else 5000)
    queries: dict[str, list[Pair]] = {}
    for pair in pairs:
        queries.setdefault(pair.query, []).append(pair)
    order = list(queries.values())
    rng.shuffle(order)
    return [pair for group in order for pair in group]


Encoded = tuple[Pair, list[int], list[int]]


def batches(pairs: Sequence[Pair], tokenizer: Tokenizer, rng: random.Random) -> list[list[Encoded]]:
    """Batches of alike length, in random order; the pairs of one query stay together, so that its sentences can be told apart."""
    queries: dict[str, list[Encoded]] = {}
    for pair in pairs:
        queries.setdefault(pair.query, []).append((pair, *encode(tokenizer, pair.query, pair.sentence, pair.context)))
    groups = list(queries.values())
    pool = 16 * BATCH
    out: list[list[Encoded]] = []
    for start in range(0, len(groups), pool):
        batch: list[Encoded] = []
        for group in sorted(groups[start : start + pool], key=lambda g: max(len(row[1]) for row in g)):
            if batch and len(batch) + len(group) > BATCH:
                out.append(batch)
                batch = []
            batch += group
        out.append(batch)
    rng.shuffle(out)
    return out


def loss_of(logits: torch.Tensor, pairs: Sequence[Pair]) -> torch.Tensor:
    """The losses of a batch, each summed over the pairs that carry its label and divided by the batch.

    Verdict and stance by cross-entropy; "answers" by binary cross-entropy, and by listwise softmax among the sentences of one question
    (Cao et al. 2007, "Learning to rank: from pairwise approach to listwise approach"; here with the mass on all that answer).
    """
    verdict = torch.tensor([p.verdict for p in pairs])
    answers = torch.tensor([float(p.answers) for p in pairs])
    stance = torch.tensor([p.stance for p in pairs])
    total = logits.sum() * 0
    for labels, columns in ((verdict, logits[:, :4]), (stance, logits[:, 5:])):
        known = labels != IGNORE
        if known.any():
            total = total + nn.functional.cross_entropy(columns[known], labels[known], reduction="sum", label_smoothing=0.03)
    known = answers != IGNORE
    if known.any():
        total = total + nn.functional.binary_cross_entropy_with_logits(logits[known, 4], answers[known], reduction="sum")
    queries: dict[str, list[int]] = {}
    for i, pair in enumerate(pairs):
        queries.setdefault(pair.query, []).append(i)
    for members in queries.values():
        gold = [i for i in members if answers[i] == 1]
        known_members = [i for i in members if answers[i] in (0, 1)]
        if gold and len(gold) < len(known_members):
            total = total + LISTWISE * (torch.logsumexp(logits[known_members, 4], 0) - torch.logsumexp(logits[gold, 4], 0))
    return total / len(pairs)


def train(
    data: Path,
    base: Path,
    run: Path,
    own: Path,
    start: Path | None,
    layers: int | None,
    mixture: Mixture,
    epochs: int,
    steps: int | None,
    rate: float,
    seed: int,
) -> None:
    """Train, or go on with the run in ``run``, which gets ``epochN.pt`` after each epoch.

    ``steps`` ends it earlier, with ``last.pt``. ``start`` is the last checkpoint of the stage before, where this is a later one.
    """
    torch.manual_seed(seed)
    run.mkdir(parents=True, exist_ok=True)
    tokenizer = Tokenizer.from_file(str(base / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    network = JudgeNetwork(base, layers)
    if start is not None:
        network.load_state_dict(torch.load(start, weights_only=True))
    planned = steps or epochs * len(training_pairs(data, own, epochs - 1, seed, mixture)) // BATCH
    decay = [p for p in network.parameters() if p.ndim > 1]
    plain = [p for p in network.parameters() if p.ndim <= 1]
    optimiser = torch.optim.AdamW(
        [{"params": decay, "weight_decay": 0.01}, {"params": plain, "weight_decay": 0.0}],
        lr=rate,
    )
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda s: min((s + 1) / (WARMUP * planned), max(0.02, (planned - s) / (planned * (1 - WARMUP))))
    )
    checkpoint = run / "checkpoint.pt"
    epoch, done, step = 0, 0, 0
    if checkpoint.exists():
        state = torch.load(checkpoint, weights_only=True)
        network.load_state_dict(state["network"])
        optimiser.load_state_dict(state["optimiser"])
        schedule.load_state_dict(state["schedule"])
        epoch, done, step = state["epoch"], state["done"], state["step"]
    while epoch < epochs:
        todo = batches(training_pairs(data, own, epoch, seed, mixture), tokenizer, random.Random(seed + epoch))
        network.train()
        started, seen, running = time.monotonic(), 0, 0.0
        for number in range(done, len(todo)):
            batch = todo[number]
            ids, mask, segments = (torch.tensor(t) for t in pad([(i, s) for _, i, s in batch], network.pad_id))
            with torch.autocast("cpu", dtype=torch.bfloat16):
                logits = network(ids, mask, segments)
            loss = loss_of(logits.float(), [p for p, _, _ in batch])
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            optimiser.zero_grad()
            step, seen, running = step + 1, seen + len(batch), 0.98 * running + 0.02 * loss.item()
            if step % 50 == 0:
                rate = seen / (time.monotonic() - started)
                print(
                    f"epoch {epoch} batch {number + 1}/{len(todo)} step {step} loss {running:.3f} {rate:.0f} pairs/s",
                    file=sys.stderr,
                    flush=True,
                )
            if step == steps:
                torch.save(network.state_dict(), run / "last.pt")
                return
            if step % 300 == 0:
                _save(checkpoint, network, optimiser, schedule, epoch, number + 1, step)
        epoch, done = epoch + 1, 0
        _save(checkpoint, network, optimiser, schedule, epoch, 0, step)
        torch.save(network.state_dict(), run / f"epoch{epoch}.pt")
    (run / "done.json").write_text(json.dumps({"steps": step, "epochs": epochs, "seed": seed}))


def _save(
    path: Path,
    network: nn.Module,
    optimiser: torch.optim.Optimizer,
    schedule: torch.optim.lr_scheduler.LambdaLR,
    epoch: int,
    done: int,
    step: int,
) -> None:
    state = {
        "network": network.state_dict(),
        "optimiser": optimiser.state_dict(),
        "schedule": schedule.state_dict(),
        "epoch": epoch,
        "done": done,
        "step": step,
    }
    torch.save(state, path.with_suffix(".new"))
    path.with_suffix(".new").replace(path)


def main(argv: Sequence[str] | None = None) -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--data", type=Path, required=True, help="folder of the training data")
    parser.add_argument(
        "--base", type=Path, default=vocabulary_file().parent, help="folder of the base; default: the packaged all-MiniLM-L6-v2"
    )
    parser.add_argument("--run", type=Path, default=Path("checker-run"), help="folder for checkpoints; an unfinished run goes on")
    parser.add_argument("--own", type=Path, default=OWN, help="folder of question-groups.jsonl and question-briefs.jsonl")
    parser.add_argument("--start", type=Path, help="for a later stage: the last epochN.pt of the one before")
    parser.add_argument("--layers", type=int, help="keep so many layers of the base, from the bottom; all by default")
    parser.add_argument("--mixture", choices=get_args(Mixture), default="both", help="what to train on")
    parser.add_argument("--epochs", type=int, default=2)
    parser.add_argument("--steps", type=int, help="end after so many steps, the learning rate at nothing")
    parser.add_argument("--rate", type=float, default=7e-5, help="highest learning rate")
    parser.add_argument("--seed", type=int, default=7)
    args = parser.parse_args(argv)
    train(args.data, args.base, args.run, args.own, args.start, args.layers, args.mixture, args.epochs, args.steps, args.rate, args.seed)


if __name__ == "__main__":
    main()
