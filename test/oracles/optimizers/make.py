"""Values and slopes of the shapes of optimBench, by the authors' own program.

Run with lupa (pip install lupa) on a checkout of https://github.com/IoannisAntonoglou/optimBench at 6f80ee2:

    git clone https://github.com/IoannisAntonoglou/optimBench && python make.py optimBench > optimbench.json
"""

import json
import sys
from pathlib import Path

from lupa import LuaRuntime

SCALES = {"normal": (200, -1), "steep": (200, -10), "saddle": (200, 1), "flat": (2, -0.1)}
NAMES = {
    "line": "line", "abs": "abs", "relu": "relu", "bend": "bend", "cliff": "cliff", "ridge": "ridge",
    "quad-convex": "quad_convex", "quad-bowl": "quad_bowl", "exponential": "exponential",
    "gauss-nonconvex": "gauss_nonconvex", "gauss-convex": "gauss_convex", "gauss-bowl": "gauss_bowl",
    "laplace-nonconvex": "laplace_nonconvex", "laplace-convex": "laplace_convex", "laplace-bowl": "laplace_bowl",
}
CHAINS = [[name] for name in NAMES] + [
    ["quad-convex", "line"], ["gauss-nonconvex", "exponential"], ["laplace-convex", "relu"],
    ["gauss-nonconvex", "gauss-convex", "gauss-bowl", "gauss-convex", "gauss-nonconvex"],
    ["laplace-nonconvex", "laplace-convex", "laplace-bowl", "laplace-convex", "laplace-nonconvex"],
    ["quad-convex", "cliff", "gauss-nonconvex"], ["quad-convex", "abs", "quad-convex"],
    ["quad-bowl", "cliff", "exponential"], ["relu", "bend", "quad-bowl"],
    ["gauss-nonconvex", "relu", "bend", "exponential"],
]
POINTS = [-0.5 + 2 * i / 40 + 0.003 for i in range(41)]

lua = LuaRuntime()
lua.execute("package.preload['torch'] = function() return {} end")
lua.execute("function math.sign(x) if x > 0 then return 1 elseif x < 0 then return -1 else return 0 end end")
lua.execute("optimbench = {}")
lua.execute((Path(sys.argv[1]) / "factories/prototypes_functions.lua").read_text())
generate = lua.eval(
    "function(names, value, slope) return optimbench.function_prototypes.FunctionGenerator("
    "{xs=0, xe=1, fs=value, fprime=slope}, names, {}) end"
)

shapes = []
for chain in CHAINS:
    for scale, (value, slope) in SCALES.items():
        f = generate(lua.table_from([NAMES[name] for name in chain]), value, slope)
        pairs = [f(x) for x in POINTS]
        shapes.append({"shapes": chain, "scale": scale, "values": [p[0] for p in pairs], "slopes": [p[1] for p in pairs]})
print(json.dumps({"points": POINTS, "shapes": shapes}))
