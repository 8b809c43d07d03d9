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
    # XLA's own convolutions measured eight times slower inside a loop.
    return ["jit", "jit-patches", "scan-patches"] if work.convolutions else ["jit", "scan"]


def weights_of(work: Work) -> list[tuple[jax.Array, jax.Array]]:
    """He initialisation: [(kernel, bias)] in the order of the layers."""
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


def loss_of(weights, x: jax.Array, y: jax.Array, convolve, convolutions: int, activation) -> jax.Array:
    for kernel, bias in weights[:convolutions]:
        x = max_pool(activation(convolve(x, kernel) + bias))
    x = x.reshape(x.shape[0], -1)
    for kernel, bias in weights[convolutions:-1]:
        x = activation(x @ kernel + bias)
    kernel, bias = weights[-1]
    return optax.softmax_cross_entropy_with_integer_labels(x @ kernel + bias, y).mean()


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


def build(work: Work, mode: str):
    x, y = (jnp.asarray(a) for a in data(work))
    update = update_of(work)
    convolve = patches_convolution if mode.endswith("patches") else convolution
    activation = {"relu": jax.nn.relu, "tanh": jnp.tanh}[work.activation]
    loss = partial(loss_of, convolve=convolve, convolutions=len(work.convolutions), activation=activation)
    if work.members > 1:
        single = loss
        loss = lambda weights, x, y: jax.vmap(single, (0, None, None))(weights, x, y).sum()

    def step(state, rows, x, y):
        weights, slots = state
        value, gradients = jax.value_and_grad(loss)(weights, x[rows], y[rows])
        changes, slots = update.update(gradients, slots, weights)
        return (optax.apply_updates(weights, changes), slots), value

    def scan(state, rows, x, y):
        return jax.lax.scan(lambda s, r: step(s, r, x, y), state, rows)

    weights = weights_of(work)
    state = (weights, update.init(weights))
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
