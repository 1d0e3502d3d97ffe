"""Checks that need no server: /usr/bin/python3 -m unittest"""

import io
import unittest
import zipfile

import numpy as np
import torch

import export
import golden
from avatar_programs import archive, random_weights, weights
from avatar_programs.registry import NETWORKS

PROGRAMS = [(network, program) for network in NETWORKS for program in network.programs]


def computed(network, program, inputs):
    """What the tiny program computes once its archive is filled with the random weights."""
    tensors = {
        name: random_weights.tensor(network.prefix + name, shape) for name, shape in network.tensors(tiny=True).items()
    }
    content, entries = archive.export(network.build(program, tiny=True), "f32")
    storages = {name: weights.evaluate(entry["weight"], tensors).tobytes() for name, entry in entries.items()}
    module = torch.jit.load(io.BytesIO(archive.assemble(content, storages)))
    with torch.no_grad():
        outputs = module(*inputs)
    return [outputs] if isinstance(outputs, torch.Tensor) else outputs


class ProgramTests(unittest.TestCase):
    def test_filled_archives_compute_what_the_definitions_compute(self):
        for network, program in PROGRAMS:
            with self.subTest(program.name):
                inputs = [golden.sample(program, declared, True) for declared in program.inputs]
                expected = golden.run(network, program, True, inputs)
                for value, (name, array) in zip(computed(network, program, inputs), expected.items(), strict=True):
                    self.assertTrue(np.array_equal(array, value.numpy()), name)

    def test_outputs_depend_on_every_input(self):
        for network, program in PROGRAMS:
            inputs = [golden.sample(program, declared, True) for declared in program.inputs]
            before = golden.run(network, program, True, inputs)
            for i, declared in enumerate(program.inputs):
                with self.subTest(f"{program.name}, {declared.name}"):
                    changed = list(inputs)
                    changed[i] = inputs[i] + 1 if declared.type == "i64" else inputs[i].flip(inputs[i].dim() - 1)
                    if torch.equal(changed[i], inputs[i]):
                        changed[i] = inputs[i] * 0.5
                    after = golden.run(network, program, True, changed)
                    for name, array in before.items():
                        self.assertGreater(np.abs(array - after[name]).max(), 1e-4 * np.abs(array).max(), name)

    def test_committed_archives_hold_no_weights(self):
        for path in [*export.FULL.glob("*.pt"), *export.TINY.glob("*.pt")]:
            with self.subTest(path.name), zipfile.ZipFile(path) as program:
                self.assertFalse([name for name in program.namelist() if "/data/" in name])


class ExpressionTests(unittest.TestCase):
    norm = {
        "n.weight": np.float32([2, 3]),
        "n.bias": np.float32([1, -1]),
        "n.running_mean": np.float32([0.5, 0]),
        "n.running_var": np.float32([4, 9]),
    }

    def assert_value(self, expected, expression, **tensors):
        np.testing.assert_array_equal(weights.evaluate(expression, self.norm | tensors), np.float32(expected))

    def test_folds_a_batch_norm_into_weight_and_bias(self):
        kernel = np.float32([[[1, 2]], [[3, 4]]])
        self.assert_value([[[1, 2]], [[3, 4]]], weights.fold_weight("w", "n", 0.0), w=kernel)
        self.assert_value([1.5, 1], weights.fold_bias("b", "n", 0.0), b=np.float32([1, 2]))
        self.assert_value([0.5, -1], weights.fold_bias(None, "n", 0.0))

    def test_takes_factor_and_offset_of_a_batch_norm(self):
        self.assert_value([1, 1], weights.scale("n", 0.0))
        self.assert_value([0.5, -1], weights.shift("n", 0.0))

    def test_divides_by_the_stored_spectral_norm(self):
        layer = {
            "c.weight_orig": np.float32([[[2, 0]], [[0, 4]]]),
            "c.weight_u": np.float32([0, 1]),
            "c.weight_v": np.float32([0, 1]),
        }
        self.assert_value([[[0.5, 0]], [[0, 1]]], weights.spectral("c"), **layer)

    def test_rearranges(self):
        matrix = np.float32([[1, 2, 3], [4, 5, 6]])
        self.assert_value([[1, 2, 3, 1, 2, 3], [4, 5, 6, 4, 5, 6]], weights.concat(["m", "m"], 1), m=matrix)
        self.assert_value([[2, 3], [5, 6]], weights.slice_axis("m", 1, 1, 3), m=matrix)
        self.assert_value([[1, 2], [3, 4], [5, 6]], weights.reshape("m", [3, 2]), m=matrix)
        self.assert_value([[1, 4], [2, 5], [3, 6]], weights.permute("m", [1, 0]), m=matrix)
        self.assert_value([[2, 3, 4], [5, 6, 7]], weights.add_scalar("m", 1.0), m=matrix)

    def test_sums_taps(self):
        kernel = np.arange(9, dtype=np.float32).reshape(1, 1, 3, 3)
        self.assert_value([[[[0, 3], [9, 24]]]], weights.tap_sum("k", [[0], [1, 2]], [[0], [1, 2]]), k=kernel)


if __name__ == "__main__":
    unittest.main()
