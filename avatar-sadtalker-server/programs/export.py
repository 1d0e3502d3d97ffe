#!/usr/bin/python3
"""Exports every network as TorchScript programs without weights, plus weights.json.

    export.py                        writes both sets to their places in the server's resources
    export.py --out DIR [--tiny]     writes one set to DIR
    export.py --check                exits with 1 and names the files that are not what an export gives
"""

import argparse
import json
import multiprocessing
import os
import sys
import tempfile
import zipfile
from pathlib import Path

from avatar_programs import archive
from avatar_programs.network import Network, Program
from avatar_programs.registry import NETWORKS

SERVER = Path(__file__).resolve().parent.parent
PACKAGE = "io/avatarservice/server/torch"
FULL = SERVER / "src/main/resources" / PACKAGE / "programs"
TINY = SERVER / "src/test/resources" / PACKAGE / "programs-tiny"
MANIFEST = "weights.json"


def export_one(task: tuple[int, int, str, bool]) -> tuple[bytes, dict]:
    network_index, program_index, precision, tiny = task
    network = NETWORKS[network_index]
    return archive.export(network.build(network.programs[program_index], tiny), precision)


def export_set(out: Path, tiny: bool) -> None:
    """Writes the archives and weights.json, and deletes archives that no program has any more."""
    tasks = [
        (n, p, precision, tiny)
        for n, network in enumerate(NETWORKS)
        for p, program in enumerate(network.programs)
        for precision in program.precisions
    ]
    # A fresh process for each archive, since TorchScript numbers class names through the life of a process; and without
    # hash randomization, since it writes a module's constants in the order of a set.
    os.environ["PYTHONHASHSEED"] = "0"
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["avatar_programs.registry"])
    with context.Pool(2, maxtasksperchild=1) as pool:
        exported = dict(zip(tasks, pool.map(export_one, tasks, chunksize=1)))

    out.mkdir(parents=True, exist_ok=True)
    programs, files = {}, {MANIFEST}
    for n, network in enumerate(NETWORKS):
        for p, program in enumerate(network.programs):
            results = {precision: exported[n, p, precision, tiny] for precision in program.precisions}
            archives = {precision: f"{program.name}.{precision}.pt" for precision in results}
            entries = [entry for _, entry in results.values()]
            if any(entry != entries[0] for entry in entries):
                raise ValueError(f"{program.name}: the storage entries differ between precisions")
            for precision, (content, _) in results.items():
                (out / archives[precision]).write_bytes(content)
            files.update(archives.values())
            programs[program.name] = describe(network, program, tiny, archives, entries[0])
    (out / MANIFEST).write_text(to_json({"programs": programs}) + "\n", encoding="utf-8")
    for path in out.iterdir():
        if path.name not in files:
            path.unlink()


def describe(network: Network, program: Program, tiny: bool, archives: dict, entries: dict) -> dict:
    description = {"checkpoint": network.checkpoint, "prefix": network.prefix}
    if network.strip is not None:
        description["strip"] = network.strip
    if network.alias is not None:
        description["alias"] = network.alias
    return description | {
        "tensors": network.tensors(tiny),
        "ignored": list(network.ignored),
        "archives": archives,
        "inputs": [sample.name for sample in program.inputs],
        "outputs": list(program.outputs),
        "entries": entries,
    }


def to_json(value: object, depth: int = 0) -> str:
    """JSON with one line for each tensor and each storage entry."""
    if not isinstance(value, dict) or not value or depth > 3:
        return json.dumps(value)
    indent = "  " * (depth + 1)
    lines = [f"{indent}{json.dumps(key)}: {to_json(item, depth + 1)}" for key, item in value.items()]
    return "{\n" + ",\n".join(lines) + "\n" + "  " * depth + "}"


def stale_files(committed: Path, tiny: bool) -> list[Path]:
    with tempfile.TemporaryDirectory() as folder:
        export_set(Path(folder), tiny)
        names = {path.name for path in Path(folder).iterdir()} | {path.name for path in committed.glob("*")}
        return [committed / name for name in sorted(names) if content(committed / name) != content(Path(folder, name))]


def content(path: Path) -> object:
    """What is compared: for an archive the entries, since deflated bytes depend on the version of zlib."""
    if not path.is_file():
        return None
    if path.suffix != ".pt":
        return path.read_bytes()
    with zipfile.ZipFile(path) as program:
        return {name: program.read(name) for name in program.namelist()}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, help="folder for one set")
    parser.add_argument("--tiny", action="store_true", help="with --out: the tiny set")
    parser.add_argument("--check", action="store_true", help="compare both committed sets with a new export")
    arguments = parser.parse_args()
    if arguments.check:
        stale = stale_files(FULL, tiny=False) + stale_files(TINY, tiny=True)
        for path in stale:
            print(f"stale: {path.relative_to(SERVER)}", file=sys.stderr)
        return 1 if stale else 0
    if arguments.out:
        export_set(arguments.out, arguments.tiny)
    else:
        export_set(FULL, tiny=False)
        export_set(TINY, tiny=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
