"""What the Python peers share: the workloads, their data, the clock and the JSON-lines loop. See README.md."""

import atexit
import json
import math
import os
import shutil
import signal
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Callable, Iterator

import numpy as np

ROWS = 4096
CLASSES = 10
ADAM_RATE = 1e-3
MOMENTUM_RATE, MOMENTUM = 0.1, 0.9
# Of the rules besides Adam and momentum; what they are does not change the time of a step.
RATES = {"sgd": 0.1, "nesterov": 0.1, "adagrad": 0.01, "rmsprop": 1e-3, "adadelta": 1.0, "adamw": 1e-3, "amsgrad": 1e-3, "nadam": 1e-3}
WARM_UP_SECONDS = 0.5
BUILD_LIMIT_SECONDS = 120
THREADS = os.cpu_count() or 1

# Libraries print to stdout as they please; the protocol keeps a copy for itself and gives them stderr.
_answers = os.fdopen(os.dup(1), "w", buffering=1)
os.dup2(2, 1)


@dataclass(frozen=True)
class Work:
    """A net and how it is trained. 3x3 same convolutions (each followed by 2x2 max pooling) or one LSTM, then dense layers."""

    name: str
    input: tuple[int, ...]  # (features,) or (height, width, channels)
    convolutions: tuple[int, ...]
    dense: tuple[int, ...]
    batch: int
    update: str  # "adam", "momentum" or another rule, at the rates of RATES
    chunk: int  # steps in one call of the modes that loop in native code
    activation: str = "relu"  # of convolutions and dense layers
    recurrent: int = 0  # units of an LSTM whose last output goes on; 0 for none
    members: int = 1  # nets trained at once on the same batches
    streamed: int = 0  # rows in a file, in the place of ROWS in memory
    normalized: bool = False  # batch normalisation between each convolution and its activation
    augmented: int = 0  # pixels of padding of a random crop, which goes with a random flip of each image; 0 for neither
    evaluated: int = 0  # rows that Anneal evaluates and does not train on; a step is then the evaluation of a batch

    @property
    def flat(self) -> int:
        """How many features enter the first dense layer."""
        if self.recurrent:
            return self.recurrent
        if not self.convolutions:
            return math.prod(self.input)
        shrink = 2 ** len(self.convolutions)
        return (self.input[0] // shrink) * (self.input[1] // shrink) * self.convolutions[-1]


@dataclass(frozen=True)
class Run:
    steps: int
    seconds: float
    loss: float


WORKS = {
    name: Work(name, **{key: tuple(value) if isinstance(value, list) else value for key, value in w.items()})
    for name, w in json.loads(Path(__file__).with_name("works.json").read_text()).items()
}


def data(work: Work) -> tuple[np.ndarray, np.ndarray]:
    """Random rows [ROWS, *input] of about the norm of MNIST's digits, and random classes [ROWS]."""
    random = np.random.default_rng(0)
    x = random.standard_normal((ROWS, *work.input), dtype=np.float32) * np.float32(0.3)
    return x, random.integers(0, CLASSES, ROWS).astype(np.int32)


def stored(work: Work) -> tuple[str, np.dtype]:
    """A file of `work.streamed` records, each the float32 inputs and an int32 class: a CSV file that has been decoded once."""
    record = np.dtype([("x", "<f4", work.input), ("y", "<i4")])
    folder = tempfile.mkdtemp(prefix="anneal-bench-")
    atexit.register(shutil.rmtree, folder, True)
    file = os.path.join(folder, "records.bin")
    random = np.random.default_rng(0)
    with open(file, "wb") as out:
        for first in range(0, work.streamed, 100_000):
            rows = np.empty(min(100_000, work.streamed - first), record)
            rows["x"] = random.standard_normal((len(rows), *work.input), dtype=np.float32) * np.float32(0.3)
            rows["y"] = random.integers(0, CLASSES, len(rows))
            rows.tofile(out)
    return file, record


def batches(work: Work, steps: int) -> Iterator[np.ndarray]:
    """Row numbers [steps, batch], for ever: the batches of shuffled epochs one after the other."""
    random = np.random.default_rng(1)
    rows = random.permutation(ROWS).astype(np.int32)
    wanted = steps * work.batch
    while True:
        while len(rows) < wanted:
            rows = np.concatenate([rows, random.permutation(ROWS).astype(np.int32)])
        yield rows[:wanted].reshape(steps, work.batch)
        rows = rows[wanted:]


def timed(advance: Callable[[], float], steps: int = 1) -> Callable[[float], Run]:
    """Makes a run out of `advance`, which trains for `steps` steps and returns the last loss as a Python float."""

    def run(seconds: float) -> Run:
        done, clock = 0, time.perf_counter
        start = clock()
        end = start + seconds
        while True:
            loss = advance()
            done += steps
            now = clock()
            if now >= end:
                return Run(done, now - start, loss)

    return run


def _too_slow(*_: object) -> None:
    raise TimeoutError(f"building and warming up took longer than {BUILD_LIMIT_SECONDS} s")


def _reason(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}"[:2000]


def serve(
    peer: str,
    version: str,
    modes: Callable[[Work], list[str]],
    build: Callable[[Work, str], Callable[[float], Run]],
) -> None:
    """Answers requests until stdin closes. A mode is built on first use and kept, and so is its reason if it cannot run."""
    runs: dict[tuple[str, str], Callable[[float], Run]] = {}
    broken: dict[tuple[str, str], str] = {}

    def warmed(work: Work, mode: str) -> Callable[[float], Run]:
        signal.signal(signal.SIGALRM, _too_slow)
        signal.setitimer(signal.ITIMER_REAL, BUILD_LIMIT_SECONDS)
        try:
            run = build(work, mode)
            run(WARM_UP_SECONDS)
            return run
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)

    def measure(name: str, mode: str, seconds: float) -> dict:
        work = WORKS.get(name)
        if work is None:
            raise ValueError(f"work: {name!r} is not known; there are {', '.join(WORKS)}")
        if mode not in modes(work):
            raise ValueError(f"mode: {mode!r} is not known for {name}; there are {', '.join(modes(work))}")
        key = (name, mode)
        if key in broken:
            raise RuntimeError(broken[key])
        if key not in runs:
            try:
                runs[key] = warmed(work, mode)
            except Exception as error:
                broken[key] = _reason(error)
                raise
        done = runs[key](seconds)
        if not math.isfinite(done.loss):
            raise ArithmeticError(f"the loss of {name} became {done.loss}: this is no training")
        return {
            "work": name,
            "mode": mode,
            "microsecondsPerStep": done.seconds / done.steps * 1e6,
            "steps": done.steps,
            "loss": done.loss,
            "version": version,
        }

    for line in sys.stdin:
        try:
            request = json.loads(line)
            if request.get("list"):
                answer = {"peer": peer, "version": version, "works": {w.name: modes(w) for w in WORKS.values()}}
            else:
                answer = measure(request["work"], request["mode"], float(request["seconds"]))
        except Exception as error:
            answer = {"error": _reason(error)}
        _answers.write(json.dumps(answer) + "\n")
