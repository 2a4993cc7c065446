"""From shipped weights back to a stage that training can go on from (`train.py --start`): what int8 rounded stays rounded.

python training/restore.py --weights src/nearer/weights --out build/shipped
"""

from __future__ import annotations

import argparse
import json
import re
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper

TABLES = ("words", "places", "kinds")


def state_of(path: Path) -> dict[str, torch.Tensor]:
    """Every weight of a model.onnx that export.py wrote, by its name in network.py."""
    graph = onnx.load(str(path)).graph
    held = {i.name: numpy_helper.to_array(i) for i in graph.initializer}

    def full(name: str) -> torch.Tensor:
        if name in held:
            return torch.from_numpy(held[name].astype(np.float32))
        whole, zero = held[f"{name}_quantized"].astype(np.float32), held[f"{name}_zero_point"].astype(np.float32)
        return torch.from_numpy((whole - zero) * held[f"{name}_scale"])

    state = {n: full(n) for n in held if n.endswith(("bias", "norm.weight", "norm1.weight", "norm2.weight"))}
    state |= {f"{table}.weight": full(f"{table}.weight") for table in TABLES}
    for node in graph.node:
        if not node.op_type.startswith(("MatMul", "Gemm")):
            continue
        weight = node.input[1].removesuffix("_quantized")
        product = re.match(r"/(layers\.\d+/\w+)/MatMul_output", node.output[0])
        if product and (weight in held or f"{weight}_scale" in held):
            state[product[1].replace("/", ".") + ".weight"] = full(weight).T.contiguous()
        elif weight.startswith("heads.weight"):
            state["heads.weight"] = full(weight) if node.op_type == "Gemm" else full(weight).T.contiguous()
    return state


def main() -> None:
    """Write best.pt and record.json."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--weights", type=Path, default=Path("src/nearer/weights"))
    parser.add_argument("--out", type=Path, default=Path("build/shipped"))
    args = parser.parse_args()
    manifest = json.loads((args.weights / "manifest.json").read_text())
    args.out.mkdir(parents=True, exist_ok=True)
    torch.save(state_of(args.weights / "model.onnx"), args.out / "best.pt")
    (args.out / "record.json").write_text(json.dumps(manifest["training"] | {"heads": manifest["heads"]}, indent=1))


if __name__ == "__main__":
    main()
