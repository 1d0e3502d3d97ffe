"""Weight expressions: how a parameter of a program is made from the tensors of an official checkpoint.

An expression is plain JSON: the name of a tensor, or an object with an "op". The server evaluates the same grammar in
Java. Everything is computed in double precision and rounded to float32 once, at the end.
"""

from typing import Mapping, Sequence, Union

import numpy as np

Expression = Union[str, dict]

NORM_EPS = 1e-5


def fold_weight(weight: Expression, norm: str, eps: float = NORM_EPS) -> Expression:
    """The weight of a convolution with the batch norm after it folded in."""
    return {"op": "fold_weight", "weight": weight, "norm": norm, "eps": eps}


def fold_bias(bias: Expression | None, norm: str, eps: float = NORM_EPS) -> Expression:
    """The bias of a convolution with the batch norm after it folded in; the convolution may have no bias of its own."""
    return {"op": "fold_bias", "bias": bias, "norm": norm, "eps": eps}


def scale(norm: str, eps: float = NORM_EPS) -> Expression:
    """The factor of a batch norm that stands alone."""
    return {"op": "scale", "norm": norm, "eps": eps}


def shift(norm: str, eps: float = NORM_EPS) -> Expression:
    """The offset of a batch norm that stands alone."""
    return {"op": "shift", "norm": norm, "eps": eps}


def spectral(prefix: str) -> Expression:
    """A spectrally normalized weight from its stored singular vectors, without a power iteration."""
    return {"op": "spectral", "of": prefix}


def concat(parts: Sequence[Expression], axis: int) -> Expression:
    return {"op": "concat", "of": list(parts), "axis": axis}


def slice_axis(of: Expression, axis: int, start: int, end: int) -> Expression:
    return {"op": "slice", "of": of, "axis": axis, "start": start, "end": end}


def reshape(of: Expression, shape: Sequence[int]) -> Expression:
    return {"op": "reshape", "of": of, "shape": list(shape)}


def permute(of: Expression, axes: Sequence[int]) -> Expression:
    return {"op": "permute", "of": of, "axes": list(axes)}


def tap_sum(of: Expression, rows: Sequence[Sequence[int]], columns: Sequence[Sequence[int]]) -> Expression:
    """A smaller 2-D kernel: each new row (column) is the sum of the listed rows (columns) of the kernel."""
    return {"op": "tap_sum", "of": of, "rows": [list(r) for r in rows], "columns": [list(c) for c in columns]}


def add_scalar(of: Expression, value: float) -> Expression:
    return {"op": "add_scalar", "of": of, "value": value}


def project(weight: Expression, of: Expression) -> Expression:
    """The kernel or bias ``of`` [inputs, ...] followed by the 1x1 convolution ``weight`` [outputs, inputs, ...] as one."""
    return {"op": "project", "weight": weight, "of": of}


def evaluate(expression: Expression, tensors: Mapping[str, np.ndarray]) -> np.ndarray:
    """Evaluates an expression over the tensors of a checkpoint, given by their names below the prefix, as float32."""
    return evaluate_exactly(expression, tensors).astype(np.float32)


def evaluate_exactly(expression: Expression, tensors: Mapping[str, np.ndarray]) -> np.ndarray:
    """The same as float64."""
    return np.ascontiguousarray(_evaluate(expression, tensors))


def _evaluate(expression: Expression, tensors: Mapping[str, np.ndarray]) -> np.ndarray:
    if isinstance(expression, str):
        return np.asarray(tensors[expression], dtype=np.float64)
    return _OPERATIONS[expression["op"]](expression, tensors)


def _norm(expression: dict, tensors: Mapping[str, np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    gamma, beta, mean, variance = (
        _evaluate(f"{expression['norm']}.{part}", tensors)
        for part in ("weight", "bias", "running_mean", "running_var")
    )
    factor = gamma / np.sqrt(variance + expression["eps"])
    return factor, beta - mean * factor


def _fold_weight(expression: dict, tensors: Mapping[str, np.ndarray]) -> np.ndarray:
    weight = _evaluate(expression["weight"], tensors)
    factor, _ = _norm(expression, tensors)
    return weight * factor.reshape([-1] + [1] * (weight.ndim - 1))


def _fold_bias(expression: dict, tensors: Mapping[str, np.ndarray]) -> np.ndarray:
    factor, offset = _norm(expression, tensors)
    bias = expression["bias"]
    return offset if bias is None else offset + _evaluate(bias, tensors) * factor


def _spectral(expression: dict, tensors: Mapping[str, np.ndarray]) -> np.ndarray:
    weight, u, v = (_evaluate(f"{expression['of']}.weight_{part}", tensors) for part in ("orig", "u", "v"))
    return weight / (u @ (weight.reshape(weight.shape[0], -1) @ v))


def _slice(expression: dict, tensors: Mapping[str, np.ndarray]) -> np.ndarray:
    of = _evaluate(expression["of"], tensors)
    return of.take(range(expression["start"], expression["end"]), axis=expression["axis"])


def _project(expression: dict, tensors: Mapping[str, np.ndarray]) -> np.ndarray:
    weight, of = _evaluate(expression["weight"], tensors), _evaluate(expression["of"], tensors)
    return np.tensordot(weight.reshape(-1, of.shape[0]), of, axes=1)


def _tap_sum(expression: dict, tensors: Mapping[str, np.ndarray]) -> np.ndarray:
    of = _evaluate(expression["of"], tensors)
    rows = np.stack([of[..., taps, :].sum(axis=-2) for taps in expression["rows"]], axis=-2)
    return np.stack([rows[..., taps].sum(axis=-1) for taps in expression["columns"]], axis=-1)


_OPERATIONS = {
    "fold_weight": _fold_weight,
    "fold_bias": _fold_bias,
    "scale": lambda e, tensors: _norm(e, tensors)[0],
    "shift": lambda e, tensors: _norm(e, tensors)[1],
    "spectral": _spectral,
    "concat": lambda e, tensors: np.concatenate([_evaluate(part, tensors) for part in e["of"]], axis=e["axis"]),
    "slice": _slice,
    "reshape": lambda e, tensors: _evaluate(e["of"], tensors).reshape(e["shape"]),
    "permute": lambda e, tensors: _evaluate(e["of"], tensors).transpose(e["axes"]),
    "tap_sum": _tap_sum,
    "project": _project,
    "add_scalar": lambda e, tensors: _evaluate(e["of"], tensors) + e["value"],
}
