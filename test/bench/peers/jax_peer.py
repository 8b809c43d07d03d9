"""JAX + optax on the CPU. Modes: README.md."""

from functools import partial

import jax
import jax.numpy as jnp
import numpy as np
import optax

from protocol import ADAM_RATE, CLASSES, MOMENTUM, MOMENTUM_RATE, RATES, Work, batches, data, serve, timed


def modes(work: Work) -> list[str]:
    if work.streamed:
        return []  # JAX has no loader of data of its own.
    if work.recurrent:
        return []  # JAX itself has no LSTM.
    if work.evaluated:
        return ["jit", "jit-1024", "jit-patches", "jit-patches-1024"]
    # XLA's own convolutions measured eight times slower inside a loop.
    return ["jit", "jit-patches", "scan-patches"] if work.convolutions else ["jit", "scan"]


def weights_of(work: Work) -> list[tuple[jax.Array, ...]]:
    """He initialisation: [(kernel, bias)] in the order of the layers, with scale and shift of a normalisation behind."""
    shapes: list[tuple[int, ...]] = []
    channels = work.input[-1]
    for filters in work.convolutions:
        shapes.append((3, 3, channels, filters))
        channels = filters
    sizes = (work.flat, *work.dense, CLASSES)
    shapes += list(zip(sizes[:-1], sizes[1:], strict=True))
    keys = jax.random.split(jax.random.key(0), len(shapes))
    scale = lambda shape: (2 / np.prod(shape[:-1])) ** 0.5
    made = [(jax.random.normal(k, s) * scale(s), jnp.zeros(s[-1])) for k, s in zip(keys, shapes, strict=True)]
    if work.normalized:
        ends = len(work.convolutions)
        made = [(*pair, jnp.ones_like(pair[1]), jnp.zeros_like(pair[1])) for pair in made[:ends]] + made[ends:]
    if work.members == 1:
        return made
    return jax.tree.map(lambda w: jnp.stack([w * (1 + 0.01 * m) for m in range(work.members)]), made)


def convolution(x: jax.Array, kernel: jax.Array) -> jax.Array:
    return jax.lax.conv_general_dilated(x, kernel, (1, 1), "SAME", dimension_numbers=("NHWC", "HWIO", "NHWC"))


def patches_convolution(x: jax.Array, kernel: jax.Array) -> jax.Array:
    """The same as one matrix product over the nine shifted images: XLA's convolutions are slow on the CPU."""
    height, width = x.shape[1:3]
    padded = jnp.pad(x, ((0, 0), (1, 1), (1, 1), (0, 0)))
    shifted = [padded[:, i : i + height, j : j + width] for i in range(3) for j in range(3)]
    return jnp.concatenate(shifted, axis=-1) @ kernel.reshape(-1, kernel.shape[-1])


def max_pool(x: jax.Array) -> jax.Array:
    """2x2. By reshape: the gradient of `reduce_window` is a slow scatter on the CPU."""
    batch, height, width, channels = x.shape
    return x.reshape(batch, height // 2, 2, width // 2, 2, channels).max((2, 4))


def normalized(x: jax.Array, scale: jax.Array, shift: jax.Array) -> tuple[jax.Array, jax.Array]:
    """Batch normalisation by the statistics of the batch, and those statistics."""
    mean, variance = x.mean((0, 1, 2)), x.var((0, 1, 2))
    return (x - mean) * (scale * jax.lax.rsqrt(variance + 1e-3)) + shift, jnp.stack([mean, variance])


def augmented(x: jax.Array, key: jax.Array, padding: int) -> jax.Array:
    """Each image mirrored with probability 1/2 and moved by up to `padding` pixels, in one gather."""
    batch, height, width = x.shape[:3]
    places, mirrors = jax.random.split(key)
    padded = jnp.pad(x, ((0, 0), (padding, padding), (padding, padding), (0, 0)))
    top, left = jax.random.randint(places, (2, batch, 1), 0, 2 * padding + 1)
    across = jnp.arange(width)
    columns = jnp.where(jax.random.bernoulli(mirrors, 0.5, (batch, 1)), width - 1 - across, across) + left
    rows = jnp.arange(height) + top
    return padded[jnp.arange(batch)[:, None, None], rows[:, :, None], columns[:, None, :]]


def logits_of(weights, x: jax.Array, convolve, convolutions: int, activation) -> tuple[jax.Array, list[jax.Array]]:
    """And the statistics of each batch normalisation."""
    statistics = []
    for kernel, bias, *norm in weights[:convolutions]:
        x = convolve(x, kernel) + bias
        if norm:
            x, seen = normalized(x, *norm)
            statistics.append(seen)
        x = max_pool(activation(x))
    x = x.reshape(x.shape[0], -1)
    for kernel, bias in weights[convolutions:-1]:
        x = activation(x @ kernel + bias)
    kernel, bias = weights[-1]
    return x @ kernel + bias, statistics


def loss_of(weights, x: jax.Array, y: jax.Array, **net) -> tuple[jax.Array, list[jax.Array]]:
    logits, statistics = logits_of(weights, x, **net)
    return optax.softmax_cross_entropy_with_integer_labels(logits, y).mean(), statistics


def update_of(work: Work) -> optax.GradientTransformation:
    if work.update == "adam":
        return optax.adam(ADAM_RATE)
    if work.update == "momentum":
        return optax.sgd(MOMENTUM_RATE, momentum=MOMENTUM)
    rate = RATES[work.update]
    return {
        "sgd": lambda: optax.sgd(rate),
        "nesterov": lambda: optax.sgd(rate, momentum=MOMENTUM, nesterov=True),
        "adagrad": lambda: optax.adagrad(rate),
        "rmsprop": lambda: optax.rmsprop(rate),
        "adadelta": lambda: optax.adadelta(rate),
        "adamw": lambda: optax.adamw(rate),
        "amsgrad": lambda: optax.amsgrad(rate),
        "nadam": lambda: optax.nadam(rate),
    }[work.update]()


def evaluated(work: Work, x: jax.Array, y: jax.Array, batch: int, **net):
    """Mean loss and accuracy of all rows: a step counts for a batch of the work."""
    weights = weights_of(work)

    @jax.jit
    def judged(weights, x, y):
        logits, _ = logits_of(weights, x, **net)
        losses = optax.softmax_cross_entropy_with_integer_labels(logits, y)
        return jnp.stack([losses.sum(), (logits.argmax(-1) == y).sum().astype(jnp.float32)])

    pairs = [(x[i : i + batch], y[i : i + batch]) for i in range(0, len(x), batch)]

    def advance() -> float:
        total = sum(judged(weights, a, b) for a, b in pairs)
        return float(np.asarray(total)[0]) / len(x)

    return timed(advance, len(x) // work.batch)


def build(work: Work, mode: str):
    x, y = (jnp.asarray(a) for a in data(work))
    net = {
        "convolve": patches_convolution if "patches" in mode else convolution,
        "convolutions": len(work.convolutions),
        "activation": {"relu": jax.nn.relu, "tanh": jnp.tanh}[work.activation],
    }
    if work.evaluated:
        return evaluated(work, x, y, 1024 if mode.endswith("-1024") else work.batch, **net)
    update = update_of(work)
    loss = partial(loss_of, **net)
    if work.members > 1:

        def loss(weights, x, y):
            losses, statistics = jax.vmap(partial(loss_of, **net), (0, None, None))(weights, x, y)
            return losses.sum(), statistics

    def step(state, rows, x, y):
        weights, slots, averages, key = state
        images = x[rows]
        if work.augmented:
            key, own = jax.random.split(key)
            images = augmented(images, own, work.augmented)
        (value, statistics), gradients = jax.value_and_grad(loss, has_aux=True)(weights, images, y[rows])
        averages = [0.99 * old + 0.01 * new for old, new in zip(averages, statistics, strict=True)]
        changes, slots = update.update(gradients, slots, weights)
        return (optax.apply_updates(weights, changes), slots, averages, key), value

    def scan(state, rows, x, y):
        return jax.lax.scan(lambda s, r: step(s, r, x, y), state, rows)

    weights = weights_of(work)
    averages = [jnp.zeros((2, n)) for n in work.convolutions] if work.normalized else []
    state = (weights, update.init(weights), averages, jax.random.key(1))
    steps = work.chunk if mode.startswith("scan") else 1
    following = batches(work, steps).__next__
    rows = following() if steps > 1 else following()[0]
    compiled = jax.jit(scan if steps > 1 else step, donate_argnums=0).lower(state, rows, x, y).compile()

    if steps == 1:

        def advance() -> float:
            nonlocal state
            state, value = compiled(state, following()[0], x, y)
            return float(value)

    else:

        def advance() -> float:
            nonlocal state
            state, values = compiled(state, following(), x, y)
            return float(np.asarray(values)[-1])

    return timed(advance, steps)


serve("jax", jax.__version__, modes, build)
