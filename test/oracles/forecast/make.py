"""Operations of nets by PyTorch's own count, and the facts of EC2's instance types by moto's copy of DescribeInstanceTypes.

    python make.py                                    writes pytorch.json (torch)
    python make.py instances MOTO/ec2/resources      writes instances.json (moto 5.2.5, no torch)

FlopCounterMode counts matrix products and convolutions, forwards and backwards; so does schemas/work.ts. Inputs need no gradient. Shapes are
[channels, height, width] here; each case says its layers as a spec does.
"""
import gzip
import json
import os
import sys
from pathlib import Path

HERE = Path(__file__).parent
FAMILIES = ("g4dn", "g5", "g6", "p4d", "p5")


def net_cases(nn):
    """name, layers of the spec, shape of its input, batch, PyTorch's net, shape of its input"""
    relu = nn.ReLU
    yield ("mlp", [{"type": "dense", "units": 512, "activation": "relu"}, {"type": "dense", "units": 512, "activation": "relu"},
                   {"type": "dense", "units": 10}], [784], 64,
           nn.Sequential(nn.Linear(784, 512), relu(), nn.Linear(512, 512), relu(), nn.Linear(512, 10)), (784,))
    yield ("frozen first layer", [{"type": "dense", "units": 32, "frozen": True}, {"type": "dense", "units": 10}], [100], 8,
           nn.Sequential(nn.Linear(100, 32).requires_grad_(False), nn.Linear(32, 10)), (100,))
    yield ("frozen middle layer", [{"type": "dense", "units": 32}, {"type": "dense", "units": 24, "frozen": True},
                                   {"type": "dense", "units": 10}], [100], 8,
           nn.Sequential(nn.Linear(100, 32), nn.Linear(32, 24).requires_grad_(False), nn.Linear(24, 10)), (100,))
    yield ("cnn", [{"type": "conv2d", "filters": 32, "kernelSize": 3, "activation": "relu"}, {"type": "max-pooling2d"},
                   {"type": "conv2d", "filters": 64, "kernelSize": 3, "padding": "same", "activation": "relu"},
                   {"type": "conv2d", "filters": 128, "kernelSize": 3, "strides": 2, "activation": "relu"},
                   {"type": "flatten"}, {"type": "dense", "units": 10}], [28, 28, 1], 16,
           nn.Sequential(nn.Conv2d(1, 32, 3), relu(), nn.MaxPool2d(2), nn.Conv2d(32, 64, 3, padding=1), relu(),
                         nn.Conv2d(64, 128, 3, stride=2), relu(), nn.Flatten(), nn.Linear(128 * 36, 10)), (1, 28, 28))
    yield ("conv1d", [{"type": "conv1d", "filters": 8, "kernelSize": 5}, {"type": "global-max-pooling1d"}, {"type": "dense", "units": 3}],
           [40, 4], 4, nn.Sequential(nn.Conv1d(4, 8, 5), nn.AdaptiveMaxPool1d(1), nn.Flatten(), nn.Linear(8, 3)), (4, 40))
    yield ("conv3d", [{"type": "conv3d", "filters": 6, "kernelSize": [2, 3, 3]}, {"type": "flatten"}, {"type": "dense", "units": 3}],
           [5, 8, 8, 2], 4, nn.Sequential(nn.Conv3d(2, 6, (2, 3, 3)), nn.Flatten(), nn.Linear(6 * 4 * 6 * 6, 3)), (2, 5, 8, 8))
    yield ("transposed", [{"type": "conv2d", "filters": 4, "kernelSize": 3},
                          {"type": "conv2d-transpose", "filters": 6, "kernelSize": 3, "strides": 2},
                          {"type": "flatten"}, {"type": "dense", "units": 3}], [8, 8, 3], 4,
           nn.Sequential(nn.Conv2d(3, 4, 3), nn.ConvTranspose2d(4, 6, 3, stride=2), nn.Flatten(), nn.Linear(6 * 13 * 13, 3)), (3, 8, 8))
    yield ("pointwise", [{"type": "conv2d", "filters": 4, "kernelSize": 3}, {"type": "conv2d", "filters": 6, "kernelSize": 1},
                         {"type": "flatten"}, {"type": "dense", "units": 3}], [8, 8, 3], 4,
           nn.Sequential(nn.Conv2d(3, 4, 3), nn.Conv2d(4, 6, 1), nn.Flatten(), nn.Linear(6 * 36, 3)), (3, 8, 8))


def pytorch():
    # The peers' PyTorch comes without its CUDA libraries.
    sys.setdlopenflags(os.RTLD_LAZY)
    import torch
    from torch import nn
    from torch.utils.flop_counter import FlopCounterMode

    cases = []
    for name, layers, shape, batch, net, own in net_cases(nn):
        x = torch.randn(batch, *own)
        counted = []
        for back in (False, True):
            with FlopCounterMode(display=False) as counter:
                out = net(x)
                if back:
                    out.sum().backward()
            counted.append(counter.get_total_flops())
        cases.append({"name": name, "input": shape, "batch": batch, "layers": layers, "forward": counted[0], "step": counted[1]})
    cell = nn.LSTMCell(12, 20)
    hidden = (torch.zeros(4, 20), torch.zeros(4, 20))
    with FlopCounterMode(display=False) as counter:
        for _ in range(7):
            hidden = cell(torch.randn(4, 12), hidden)
    cases.append({"name": "lstm, forwards", "input": [7, 12], "batch": 4, "layers": [{"type": "lstm", "units": 20}],
                  "forward": counter.get_total_flops(), "step": None})
    (HERE / "pytorch.json").write_text(json.dumps({"torch": torch.__version__, "cases": cases}, indent=1) + "\n")


def instances(folder):
    file = next(Path(folder).glob("instance_types.json*"))
    read = gzip.open if file.suffix == ".gz" else open
    with read(file, "rt") as text:
        known = json.load(text)
    found = {}
    for name, facts in sorted(known.items()):
        if name.split(".")[0] not in FAMILIES:
            continue
        gpu = facts.get("GpuInfo", {}).get("Gpus", [{}])[0]
        found[name] = {"vCpus": facts["VCpuInfo"]["DefaultVCpus"], "memoryMib": facts["MemoryInfo"]["SizeInMiB"],
                       "gpus": gpu.get("Count"), "gpu": gpu.get("Name")}
    (HERE / "instances.json").write_text(json.dumps(found, indent=1) + "\n")


if __name__ == "__main__":
    instances(sys.argv[2]) if sys.argv[1:2] == ["instances"] else pytorch()
