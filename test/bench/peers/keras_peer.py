"""Keras 3 on TensorFlow on the CPU. Modes: README.md."""

import os
import time

os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
# Off by default on processors without AVX-512, where it still wins; Anneal sets it too.
os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "1")

import keras
import tensorflow as tf

from protocol import ADAM_RATE, CLASSES, MOMENTUM, MOMENTUM_RATE, RATES, ROWS, THREADS, Run, Work, batches, data, serve, stored, timed

tf.config.threading.set_intra_op_parallelism_threads(THREADS)
tf.config.threading.set_inter_op_parallelism_threads(THREADS)

FIT_CHUNK_LIMIT = 32
# model.fit(...) by jit_compile and whether a call does several steps.
FIT = {"fit": (False, False), "fit-xla": (True, False), "fit-chunk": (False, True), "fit-xla-chunk": (True, True)}
# A tf.function of one's own, by the same.
FUNCTION = {
    "function": (False, False),
    "function-xla": (True, False),
    "function-chunk": (False, True),
    "function-xla-chunk": (True, True),
}


# model.evaluate in batches of the work's size or of the number that the mode ends with.
EVALUATIONS = ["evaluate", "evaluate-1024", "evaluate-xla", "evaluate-xla-1024"]


def modes(work: Work) -> list[str]:
    if work.members > 1:
        return []  # Keras has no layers of several members.
    if work.streamed:
        return ["tf-data", "tf-data-chunk", "tf-data-xla-chunk"]
    if work.evaluated:
        return EVALUATIONS
    # XLA's convolutions measured six or more times slower inside a loop.
    return [*FIT, *(mode for mode in FUNCTION if not (work.convolutions and mode == "function-xla-chunk"))]


def network(work: Work) -> keras.Sequential:
    model = keras.Sequential([keras.Input(work.input)])
    if work.recurrent:
        model.add(keras.layers.LSTM(work.recurrent))
    for filters in work.convolutions:
        model.add(keras.layers.Conv2D(filters, 3, padding="same", activation=None if work.normalized else work.activation))
        if work.normalized:
            model.add(keras.layers.BatchNormalization())
            model.add(keras.layers.Activation(work.activation))
        model.add(keras.layers.MaxPooling2D(2))
    if work.convolutions:
        model.add(keras.layers.Flatten())
    for units in work.dense:
        model.add(keras.layers.Dense(units, activation=work.activation))
    model.add(keras.layers.Dense(CLASSES))
    return model


def update_of(work: Work) -> keras.optimizers.Optimizer:
    if work.update == "adam":
        return keras.optimizers.Adam(ADAM_RATE, epsilon=1e-8)
    if work.update == "momentum":
        return keras.optimizers.SGD(MOMENTUM_RATE, momentum=MOMENTUM)
    rate = RATES[work.update]
    return {
        "sgd": lambda: keras.optimizers.SGD(rate),
        "nesterov": lambda: keras.optimizers.SGD(rate, momentum=MOMENTUM, nesterov=True),
        "adagrad": lambda: keras.optimizers.Adagrad(rate),
        "rmsprop": lambda: keras.optimizers.RMSprop(rate),
        "adadelta": lambda: keras.optimizers.Adadelta(rate),
        "adamw": lambda: keras.optimizers.AdamW(rate),
        "amsgrad": lambda: keras.optimizers.Adam(rate, amsgrad=True),
        "nadam": lambda: keras.optimizers.Nadam(rate),
    }[work.update]()


def build(work: Work, mode: str):
    keras.utils.set_random_seed(0)
    if work.streamed:
        return streamed(work, "xla" in mode, FIT_CHUNK_LIMIT if "chunk" in mode else 1)
    x, y = (tf.constant(a) for a in data(work))
    if work.evaluated:
        return evaluated(work, x, y, mode)
    if mode in FIT:
        jit_compile, chunked = FIT[mode]
        return fitted(work, x, y, jit_compile, min(work.chunk, FIT_CHUNK_LIMIT) if chunked else 1)
    jit_compile, chunked = FUNCTION[mode]
    return looped(work, x, y, jit_compile, work.chunk if chunked else 1)


def evaluated(work: Work, x: tf.Tensor, y: tf.Tensor, mode: str):
    """Mean loss and accuracy of all rows: a step counts for a batch of the work."""
    model = network(work)
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(loss=loss, metrics=["accuracy"], jit_compile="xla" in mode)
    batch = 1024 if mode.endswith("-1024") else work.batch
    source = tf.data.Dataset.from_tensor_slices((x, y)).batch(batch).cache().prefetch(tf.data.AUTOTUNE)
    return timed(lambda: float(model.evaluate(source, verbose=0)[0]), ROWS // work.batch)


def augmented(x: tf.Tensor, padding: int) -> tf.Tensor:
    """Images [batch, height, width, channels], each mirrored with probability 1/2 and moved by up to `padding` pixels, in two gathers."""
    batch, (height, width) = tf.shape(x)[0], x.shape[1:3]
    padded = tf.pad(x, ((0, 0), (padding, padding), (padding, padding), (0, 0)))
    top, left = tf.unstack(tf.random.uniform((2, batch, 1), 0, 2 * padding + 1, tf.int32))
    across = tf.range(width)
    columns = tf.where(tf.random.uniform((batch, 1)) < 0.5, width - 1 - across, across) + left
    moved = tf.gather(padded, tf.range(height) + top, axis=1, batch_dims=1)
    return tf.ensure_shape(tf.gather(moved, columns, axis=2, batch_dims=1), x.shape)


class Clock(keras.callbacks.Callback):
    """Reads the loss of every execution and stops fit when the time is up. The first executions start the pipeline."""

    START = 3

    def __init__(self, seconds: float, steps: int):
        super().__init__()
        self.length, self.steps, self.executions = seconds, steps, 0

    def on_train_batch_end(self, batch, logs=None):
        now = time.perf_counter()
        self.loss = float(logs["loss"])
        self.executions += 1
        if self.executions == self.START:
            self.start = now
        elif self.executions > self.START and now >= self.start + self.length:
            self.run = Run((self.executions - self.START) * self.steps, now - self.start, self.loss)
            self.model.stop_training = True


def streamed(work: Work, jit_compile: bool, steps: int):
    file, record = stored(work)

    def decoded(records):
        numbers = tf.io.decode_raw(records, tf.float32)
        return numbers[:, :-1], tf.bitcast(numbers[:, -1], tf.int32)

    # As many rows in the buffer as Anneal has in a window: 64 MiB.
    rows = tf.data.FixedLengthRecordDataset(file, record.itemsize).shuffle(2**26 // record.itemsize).repeat()
    batched = rows.batch(work.batch, drop_remainder=True)
    return fitting(work, batched.map(decoded).prefetch(tf.data.AUTOTUNE), jit_compile, steps)


def fitted(work: Work, x: tf.Tensor, y: tf.Tensor, jit_compile: bool, steps: int):
    rows = tf.data.Dataset.range(ROWS).shuffle(ROWS).repeat().batch(work.batch, drop_remainder=True)
    taken = rows.map(lambda r: (tf.gather(x, r), tf.gather(y, r)))
    if work.augmented:
        taken = taken.map(lambda a, b: (augmented(a, work.augmented), b), num_parallel_calls=tf.data.AUTOTUNE)
    source = taken.prefetch(tf.data.AUTOTUNE)
    return fitting(work, source, jit_compile, steps)


def fitting(work: Work, source: tf.data.Dataset, jit_compile: bool, steps: int):
    model = network(work)
    model.compile(
        optimizer=update_of(work),
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        jit_compile=jit_compile,
        steps_per_execution=steps,
    )

    def run(seconds: float) -> Run:
        clock = Clock(seconds, steps)
        # One endless epoch: fit pays for the end of an epoch only where the user has metrics for it.
        model.fit(source, steps_per_epoch=10**9, epochs=1, verbose=0, callbacks=[clock])
        return clock.run

    return run


def looped(work: Work, x: tf.Tensor, y: tf.Tensor, jit_compile: bool, steps: int):
    model, update = network(work), update_of(work)
    update.build(model.trainable_variables)
    weights = [v.value for v in model.trainable_variables]

    def step(rows):
        with tf.GradientTape() as tape:
            images = tf.gather(x, rows)
            logits = model(augmented(images, work.augmented) if work.augmented else images, training=True)
            loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(tf.gather(y, rows), logits))
        update.apply(tape.gradient(loss, weights), model.trainable_variables)
        return loss

    def several(rows):
        losses = tf.TensorArray(tf.float32, steps, element_shape=())
        for i in tf.range(steps):
            losses = losses.write(i, step(rows[i]))
        return losses.stack()

    shape = (work.batch,) if steps == 1 else (steps, work.batch)
    signature = [tf.TensorSpec(shape, tf.int32)]
    train = tf.function(step if steps == 1 else several, input_signature=signature, jit_compile=jit_compile)
    call = train.get_concrete_function()
    following = batches(work, steps).__next__

    if steps == 1:
        return timed(lambda: float(call(tf.constant(following()[0])).numpy()))
    return timed(lambda: float(call(tf.constant(following())).numpy()[-1]), steps)


serve("keras", f"{keras.__version__} on TensorFlow {tf.__version__}", modes, build)
