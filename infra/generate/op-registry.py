"""Writes services/engine/graph/generated/op-registry.json out of TensorFlow's own op registry.

Taken are the ops whose names occur as strings in tfjs-node's kernels or in the engine. Run with a Python that has the TensorFlow of
infra/setup/versions.mjs (the tests' environment has it): python infra/generate/op-registry.py [--check]
"""
import json
import pathlib
import re
import sys

from tensorflow.core.framework import types_pb2  # noqa: F401  (registers the enum names)
from tensorflow.python.framework import op_def_registry

ROOT = pathlib.Path(__file__).resolve().parents[2]
OUTPUT = ROOT / "services/engine/graph/generated/op-registry.json"
SOURCES = [
    *sorted((ROOT / "node_modules/@tensorflow/tfjs-node/dist").rglob("*.js")),
    *sorted((ROOT / "services/engine").rglob("*.ts")),
]


def names():
    found = set()
    for path in SOURCES:
        if path.name != "api_pb.js":
            found.update(re.findall(r"""['"](_?[A-Z][A-Za-z0-9]+)['"]""", path.read_text()))
    # tfjs-node runs most of TF.js's kernels under the names that tfjs-core gives them.
    core = ROOT / "node_modules/@tensorflow/tfjs-core/dist/kernel_names.js"
    found.update(re.findall(r"= '(_?[A-Z][A-Za-z0-9]+)'", core.read_text()))
    return sorted(found)


def argument(arg):
    fields = {"name": arg.name, "type": arg.type_attr, "count": arg.number_attr, "types": arg.type_list_attr}
    return {key: value for key, value in fields.items() if value}


def definition(op):
    return {
        "inputs": [argument(arg) for arg in op.input_arg],
        "outputs": [argument(arg) for arg in op.output_arg],
        "attributes": {a.name: {"kind": a.type, "hasDefault": a.HasField("default_value")} for a in op.attr},
    }


registry = {name: definition(op) for name in names() if (op := op_def_registry.get(name)) is not None}
text = json.dumps(registry, separators=(",", ":"), sort_keys=True) + "\n"
if "--check" in sys.argv:
    sys.exit(0 if OUTPUT.read_text() == text else f"{OUTPUT.relative_to(ROOT)} is not what TensorFlow says: run this script")
OUTPUT.write_text(text)
print(f"{len(registry)} ops")
