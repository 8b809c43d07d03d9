"""Checks requests to AWS Batch against botocore's model of it, which is AWS's own: types, required and unknown fields, ranges, enums.

Reads [{"operation": "submitjob", "body": "{...}"}, ...] from standard input; prints one line for each thing that is wrong.
"""
import json
import sys

from botocore.loaders import Loader
from botocore.model import ServiceModel
from botocore.validate import ParamValidator

model = ServiceModel(Loader().load_service_model("batch", "service-2"), "batch")
operations = {name.lower(): model.operation_model(name) for name in model.operation_names}


def enums(shape, value, path):
    if shape.type_name == "structure":
        for name, member in shape.members.items():
            if name in value:
                yield from enums(member, value[name], f"{path}.{name}")
    elif shape.type_name == "list":
        for i, item in enumerate(value):
            yield from enums(shape.member, item, f"{path}[{i}]")
    elif shape.type_name == "string" and shape.enum and value not in shape.enum:
        yield f"{path}: {value} is none of {shape.enum}"


for request in json.load(sys.stdin):
    name, body = request["operation"], json.loads(request["body"] or "{}")
    shape = operations[name].input_shape
    report = ParamValidator().validate(body, shape)
    if report.has_errors():
        print(f"{name}: {report.generate_report()}")
    else:
        for line in enums(shape, body, name):
            print(line)
