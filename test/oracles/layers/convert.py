"""Models of Keras 2 through the TensorFlow.js converter, the oracle of the import of model.json with weights.

Run with a Python that has tensorflow-cpu 2.21, tf_keras 2.21.0, h5py, six, packaging, and tensorflowjs 4.22.0 installed by
`pip install --no-deps`: python test/oracles/layers/convert.py test/oracles/layers/converted
Writes a folder for each model: model.json and its weight file as the converter makes them, and predictions.json.
"""
import importlib.util
import json
import os
import sys
import types

os.environ["CUDA_VISIBLE_DEVICES"] = ""
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
# The package's own __init__ wants JAX, TensorFlow Hub and decision forests, which the conversion of Keras models doesn't use.
home = importlib.util.find_spec("tensorflowjs").submodule_search_locations[0]
for name, path in {"tensorflowjs": home, "tensorflowjs.converters": os.path.join(home, "converters")}.items():
    sys.modules[name] = types.ModuleType(name)
    sys.modules[name].__path__ = [path]
from tensorflowjs.converters.keras_h5_conversion import save_keras_model
import numpy as np
import tf_keras as keras

L = keras.layers
keras.utils.set_random_seed(1)


def images():
    return keras.Sequential([
        L.Conv2D(3, 3, activation="relu", input_shape=(8, 8, 1), kernel_regularizer=keras.regularizers.L2(1e-4)),
        L.BatchNormalization(),
        L.MaxPooling2D(),
        L.SeparableConv2D(4, 2, depth_multiplier=2, activation="swish"),
        L.Dropout(0.3),
        L.Flatten(),
        L.Dense(3, activation="softmax", kernel_constraint=keras.constraints.MaxNorm(3)),
    ])


def sequences():
    words = keras.Input((6,), name="words")
    vectors = L.Embedding(9, 4)(words)
    both = L.Bidirectional(L.LSTM(3, return_sequences=True))(vectors)
    scaled = L.TimeDistributed(L.Dense(4, activation="tanh"))(both)
    joined = L.Add()([vectors, scaled])
    last = L.GRU(3, reset_after=False)(L.LayerNormalization()(joined))
    return keras.Model(words, L.Dense(2, name="score")(L.Concatenate()([last, L.GlobalMaxPooling1D()(joined)])))


numbers = np.random.default_rng(1)
for name, model, inputs in [
    ("images", images(), np.round(numbers.uniform(-1, 1, (2, 8, 8, 1)), 3)),
    ("sequences", sequences(), numbers.integers(0, 9, (2, 6))),
]:
    for weight in model.weights:
        low = 0.4 if "variance" in weight.name else -0.6
        weight.assign(np.round(numbers.uniform(low, 0.6 if low < 0 else 1.2, weight.shape), 3))
    folder = os.path.join(sys.argv[1], name)
    save_keras_model(model, folder)
    outputs = model(inputs.astype("float32"), training=False).numpy()
    made = {"inputs": inputs.ravel().tolist(), "outputs": [float(f"{v:.8g}") for v in outputs.ravel()]}
    with open(os.path.join(folder, "predictions.json"), "w") as file:
        json.dump(made, file)
