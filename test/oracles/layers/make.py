"""Layers of Keras 3 in float64, the oracle of the layers and of the import of models.

Run with a Python that has keras 3.15 and tensorflow-cpu 2.21: python test/oracles/layers/make.py > test/oracles/layers/keras.json
Each entry: the model as `to_json` writes it, the weights of each layer, inputs, outputs, and the gradients of Σ output · seeds with respect
to the trained weights and to the inputs. TensorFlow pools volumes in float32 alone. `training` entries are computed as while training, with the weights after it.
"""
import json
import os

os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ["CUDA_VISIBLE_DEVICES"] = ""
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import keras
import numpy as np
import tensorflow as tf
from keras import layers as L

keras.config.set_floatx("float64")
numbers = np.random.default_rng(1)


def rounded(shape, low=-1.5, high=1.5):
    """Few digits, exact in float32 to within its rounding; none so near 0 that the sign is in doubt."""
    values = np.round(numbers.uniform(low, high, shape), 3)
    return np.where(np.abs(values) < 0.002, 0.01, values)


def told(tensor):
    return [float(f"{value:.8g}") for value in tf.convert_to_tensor(tensor).numpy().ravel()]


def entry(shape, build, whole=None, training=False):
    keras.backend.clear_session()
    inputs = keras.Input(shape, name="data")
    made = build(inputs)
    model = made if isinstance(made, keras.Model) else keras.Model(inputs, made)
    for weight in model.weights:
        positive = weight.name in ("moving_variance", "gamma")
        weight.assign(rounded(weight.shape, 0.3 if positive else -0.8, 1.2 if positive else 0.8))
    x = numbers.integers(0, whole, (2, *shape)).astype(float) if whole else rounded((2, *shape))
    before = [[told(w) for w in layer.weights] for layer in model.layers]
    with tf.GradientTape() as tape:
        given = tf.constant(x)
        tape.watch(given)
        y = tf.cast(model(given, training=training), tf.float64)
        seeds = rounded(y.shape)
        total = tf.reduce_sum(y * seeds)
    trained = model.trainable_weights
    gradients = tape.gradient(total, [*trained, given])
    places = {id(w): [i, j] for i, layer in enumerate(model.layers) for j, w in enumerate(layer.weights)}
    made = {
        "model": json.loads(model.to_json()),
        "layers": [layer.name for layer in model.layers],
        "weights": before,
        "inputs": told(x),
        "outputs": told(y),
        "seeds": told(seeds),
        "gradients": [{"weight": places[id(w)], "values": told(g)} for w, g in zip(trained, gradients)],
        "inputGradient": None if whole else told(gradients[-1]),
        "training": training,
    }
    if training:
        made["after"] = [[told(w) for w in layer.weights] for layer in model.layers]
    return made


IMAGE, SEQUENCE, VOLUME, FLAT = (5, 4, 2), (4, 3), (4, 2, 3, 2), (6,)
one = lambda shape, layer, **how: entry(shape, lambda x: layer(x), **how)


def sequential(*layers):
    return lambda inputs: keras.Sequential([inputs, *layers])


def merged(layer):
    def build(x):
        left, right = L.Dense(4, "tanh", name="left")(x), L.Dense(4, name="right")(x)
        return L.Dense(2, name="out")(layer([left, right]))

    return entry(FLAT, build)


ACTIVATIONS = "linear relu relu6 elu selu gelu silu mish sigmoid tanh softplus softsign softmax".split()
entries = {
    **{f"dense, {name}": one(FLAT, L.Dense(4, name)) for name in ACTIVATIONS},
    "dense without bias": one(FLAT, L.Dense(3, use_bias=False)),
    "dense at every step": one(SEQUENCE, L.Dense(3, "tanh")),
    "time-distributed dense": one(SEQUENCE, L.TimeDistributed(L.Dense(3, "tanh"))),
    "conv1d": one(SEQUENCE, L.Conv1D(3, 2, strides=2, padding="same", activation="tanh")),
    "conv2d": one(IMAGE, L.Conv2D(3, (3, 2), strides=(2, 1), activation="elu")),
    "conv2d, same": one(IMAGE, L.Conv2D(3, 3, strides=2, padding="same")),
    "conv3d": one(VOLUME, L.Conv3D(2, 2, padding="same", activation="tanh")),
    "conv2d-transpose": one(IMAGE, L.Conv2DTranspose(3, 3, strides=2)),
    "conv2d-transpose, same": one(IMAGE, L.Conv2DTranspose(3, 3, strides=2, padding="same")),
    "depthwise-conv2d": one(IMAGE, L.DepthwiseConv2D(3, depth_multiplier=2, padding="same")),
    "separable-conv2d": one(IMAGE, L.SeparableConv2D(3, 3, depth_multiplier=2, activation="tanh")),
    "max-pooling1d": one(SEQUENCE, L.MaxPooling1D(2)),
    "average-pooling1d": one(SEQUENCE, L.AveragePooling1D(3, 2, padding="same")),
    "max-pooling2d": one(IMAGE, L.MaxPooling2D((3, 2), padding="same")),
    "average-pooling2d": one(IMAGE, L.AveragePooling2D(2, padding="same")),
    "max-pooling3d": one(VOLUME, L.MaxPooling3D(2, dtype="float32")),
    "average-pooling3d": one(VOLUME, L.AveragePooling3D(2, dtype="float32")),
    "global-max-pooling1d": one(SEQUENCE, L.GlobalMaxPooling1D()),
    "global-average-pooling1d": one(SEQUENCE, L.GlobalAveragePooling1D()),
    "global-max-pooling2d": one(IMAGE, L.GlobalMaxPooling2D()),
    "global-average-pooling2d": one(IMAGE, L.GlobalAveragePooling2D()),
    "batch-normalization": one(IMAGE, L.BatchNormalization(momentum=0.8, epsilon=0.01)),
    "batch-normalization while training": one(FLAT, L.BatchNormalization(momentum=0.8), training=True),
    "layer-normalization": one(SEQUENCE, L.LayerNormalization(epsilon=0.01)),
    "leaky-relu": one(FLAT, L.LeakyReLU(negative_slope=0.2)),
    "prelu": one(FLAT, L.PReLU()),
    "relu layer": one(FLAT, L.ReLU(max_value=6)),
    "elu layer": one(FLAT, L.ELU()),
    "softmax layer": one(SEQUENCE, L.Softmax()),
    "embedding": one((4,), L.Embedding(6, 3), whole=6),
    "simple-rnn": one(SEQUENCE, L.SimpleRNN(3)),
    "lstm": one(SEQUENCE, L.LSTM(3, return_sequences=True)),
    "lstm without bias": one(SEQUENCE, L.LSTM(3, use_bias=False, activation="softsign")),
    "gru": one(SEQUENCE, L.GRU(3, reset_after=False)),
    "conv-lstm2d": one((3, 4, 4, 2), L.ConvLSTM2D(2, (2, 3), padding="same", return_sequences=True)),
    "bidirectional lstm": one(SEQUENCE, L.Bidirectional(L.LSTM(2))),
    "bidirectional gru, added": one(SEQUENCE, L.Bidirectional(L.GRU(2, reset_after=False, return_sequences=True), merge_mode="sum")),
    "reshape, permute, flatten": entry(FLAT, sequential(L.Reshape((-1, 2)), L.Permute((2, 1)), L.Flatten(), L.Dense(2))),
    "repeat-vector": one(FLAT, L.RepeatVector(3)),
    "zero-padding2d": one(IMAGE, L.ZeroPadding2D(((1, 2), (0, 1)))),
    "cropping2d": one(IMAGE, L.Cropping2D(((1, 2), (0, 1)))),
    "up-sampling2d": one(IMAGE, L.UpSampling2D((2, 3))),
    "noise when evaluating": entry(
        SEQUENCE,
        sequential(L.GaussianNoise(0.3), L.GaussianDropout(0.3), L.SpatialDropout1D(0.3), L.AlphaDropout(0.3), L.Dropout(0.3), L.LSTM(2)),
    ),
    **{name: merged(layer) for name, layer in {
        "add": L.Add(), "multiply": L.Multiply(), "average": L.Average(), "maximum": L.Maximum(), "minimum": L.Minimum(),
        "concatenate": L.Concatenate(), "dot": L.Dot(-1), "cosine": L.Dot(1, normalize=True),
    }.items()},
}
print(json.dumps({"keras": keras.__version__, "entries": entries}))
