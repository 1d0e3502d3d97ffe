#!/usr/bin/python3
"""Compares the server with the official SadTalker and LivePortrait code, on random weights of full size.

    parity.py prepare --reference DIR --facexlib DIR --work DIR --portrait FILE
                                             random checkpoints, and the official code's results on them
    parity.py prepare-liveportrait --reference DIR --work DIR --portrait FILE
                                             the same for LivePortrait, stage by stage only
    parity.py compare --work DIR --jar JAR   the server's results beside them; exits with 1 where one is out of its limit
    parity.py exact-liveportrait --reference DIR --work DIR
                                             after compare: LivePortrait's definitions beside the official networks in
                                             double precision; exits with 1 where they differ by more than that rounds
    parity.py trace --reference DIR --facexlib DIR --work DIR
                                             the official generator as TorchScript, for the benchmark

DIR of --reference is a checkout of OpenTalker/SadTalker or KwaiVGI/LivePortrait, that of --facexlib one of xinntao/facexlib (not needed where the
package is installed). docs/parity.md says which Python packages the official code needs.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

PARTS = ("weights", "stages", "end-to-end")


def prepare(arguments: argparse.Namespace) -> int:
    from avatar_parity import cases, checkpoints, end_to_end, reference, samples
    from avatar_parity.official import Official

    official_code = reference.load(arguments.reference, arguments.facexlib)
    portrait = samples.portrait(arguments.portrait)
    work = arguments.work.resolve()
    models = work / "models"
    parts = arguments.parts or PARTS
    if "weights" in parts:
        checkpoints.write(official_code, portrait, models)
    official = Official(official_code, models)
    if "stages" in parts:
        cases.write(cases.CASES, official, portrait, work, arguments.only)
    if "end-to-end" in parts:
        end_to_end.write(official, arguments, work)
    versions = json.dumps(reference.versions(official_code), indent=2)
    (work / "versions.json").write_text(versions + "\n", encoding="utf-8")
    return 0


def prepare_liveportrait(arguments: argparse.Namespace) -> int:
    from avatar_parity import cases, liveportrait, samples

    work = arguments.work.resolve()
    official = liveportrait.LivePortrait(arguments.reference, work / "models")
    portrait = samples.portrait(arguments.portrait)
    liveportrait.write_weights(official, portrait, arguments.weights)
    cases.write(liveportrait.CASES, official, portrait, work, arguments.only)
    return 0


def compare(arguments: argparse.Namespace) -> int:
    from avatar_parity import comparison

    return comparison.run(arguments.work.resolve(), arguments.jar.resolve(), arguments.only, arguments.java_option)


def exact_liveportrait(arguments: argparse.Namespace) -> int:
    from avatar_parity import exact, liveportrait

    work = arguments.work.resolve()
    return exact.run(liveportrait.LivePortrait(arguments.reference, work / "models"), work, arguments.only)


def trace(arguments: argparse.Namespace) -> int:
    from avatar_parity import reference, tracing
    from avatar_parity.official import Official

    official_code = reference.load(arguments.reference, arguments.facexlib)
    work = arguments.work.resolve()
    tracing.write(Official(official_code, work / "models"), work / "reference-generator.pt")
    return 0


def parser() -> argparse.ArgumentParser:
    main = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = main.add_subparsers(dest="command", required=True)
    official = argparse.ArgumentParser(add_help=False)
    official.add_argument("--reference", type=Path, required=True, metavar="DIR", help="checkout of the official code")
    facexlib = argparse.ArgumentParser(add_help=False)
    facexlib.add_argument("--facexlib", type=Path, metavar="DIR", help="checkout of xinntao/facexlib")
    pictured = argparse.ArgumentParser(add_help=False)
    pictured.add_argument("--portrait", type=Path, required=True, metavar="FILE", help="picture of a person")
    work = argparse.ArgumentParser(add_help=False)
    work.add_argument("--work", type=Path, required=True, metavar="DIR", help="folder for everything that is written")
    chosen = argparse.ArgumentParser(add_help=False)
    chosen.add_argument("--only", nargs="+", default=[], metavar="CASE", help="these cases or end-to-end modes")

    command = commands.add_parser("prepare", parents=[official, facexlib, work, pictured, chosen])
    command.add_argument("--parts", nargs="+", choices=PARTS, help="these parts only; weights must be there already")
    place = command.add_mutually_exclusive_group(required=True)
    place.add_argument("--landmarks", type=Path, metavar="FILE", help="68 points [x, y] in pixels of the portrait, as JSON")
    place.add_argument(
        "--face",
        type=float,
        nargs=4,
        metavar=("X", "Y", "SCALE", "DEGREES"),
        help="lay the official template of 68 landmarks there: center and pixels per unit of the template",
    )
    command.set_defaults(run=prepare)

    command = commands.add_parser("prepare-liveportrait", parents=[official, work, pictured, chosen])
    command.add_argument(
        "--weights",
        choices=("calibrated", "initial"),
        default="calibrated",
        help="scaled layer by layer, so that each matters (the default), or as the official constructors draw them;"
        " a folder of --work holds one kind",
    )
    command.set_defaults(run=prepare_liveportrait)

    command = commands.add_parser("compare", parents=[work, chosen])
    command.add_argument("--jar", type=Path, required=True, metavar="JAR", help="the server's executable jar")
    command.add_argument("--java-option", action="append", default=[], metavar="OPTION", help="option for the Java VM")
    command.set_defaults(run=compare)

    command = commands.add_parser("exact-liveportrait", parents=[official, work, chosen])
    command.set_defaults(run=exact_liveportrait)

    command = commands.add_parser("trace", parents=[official, facexlib, work])
    command.set_defaults(run=trace)
    return main


if __name__ == "__main__":
    parsed = parser().parse_args()
    sys.exit(parsed.run(parsed))
