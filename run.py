#!/usr/bin/env python3
"""The one door to Convscope: serve it, test it, check it, measure it.

Needs nothing but Python 3.11 and the standard library; everything else it fetches into .venv.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - an older Python is told so, before it meets what it cannot read
    sys.exit(
        f"Convscope needs Python 3.11 or newer; {sys.executable} is Python {sys.version.split()[0]}.\n"
        "Start it with a newer one, for example: python3.11 run.py"
    )

USAGE = """\
usage: python3 run.py [--host HOST] [--port PORT]    start Convscope, then open the address it prints
       python3 run.py test [PYTEST ARGUMENTS]        install what the tests need and run everything
       python3 run.py test --speeds [PYTEST ARGUMENTS]
                                                     the browser's tests, five times in a row at full speed,
                                                     slowed down, and beside other work
       python3 run.py check                          format, lint, types, JavaScript, import arrows
       python3 run.py train [FOLDER] [--epochs N] [--seed S] [--resume] [--to FOLDER]
                                                     train the network for Fashion-MNIST anew
       python3 run.py bench [NAME]                   benchmarks, one small table each
       python3 run.py lock [--upgrade]               write requirements/*.txt and package-lock.json anew

  --host HOST   the address to listen on (default 127.0.0.1: this machine alone; 0.0.0.0: everybody)
  --port PORT   the port to listen on (default 8000)
  --help        this text

The first start makes .venv beside this file and installs locked packages into it; later ones are quick.
Other settings are environment variables whose names begin with CONVSCOPE_; docs/settings.md lists them."""


def serve(arguments: list[str]) -> int:
    """Prepare .venv, then become the server, so that its signals and its exit code are our own."""
    import argparse
    import os

    from tools import environment

    parser = argparse.ArgumentParser(prog="run.py", usage=USAGE.removeprefix("usage: "), allow_abbrev=False)
    parser.add_argument("--host")
    parser.add_argument("--port", type=port)
    parser.parse_args(arguments)

    python = environment.prepare("runtime")
    # -P and PYTHONPATH rather than a change of folder: relative paths in settings stay the caller's.
    os.environ["PYTHONPATH"] = os.pathsep.join(
        filter(None, [str(environment.ROOT), os.environ.get("PYTHONPATH")])
    )
    sys.stdout.flush()
    os.execv(python, [python, "-P", "-m", "server", *arguments])


def port(text: str) -> int:
    """Read a port number; argparse reports the refusal."""
    import argparse

    if not text.isdecimal() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"a whole number from 0 to 65535, not {text!r}")
    return int(text)


def test(arguments: list[str]) -> int:
    """Run every check and every test; with --speeds the browser's tests alone, again and again."""
    from tools import checks, environment, node, speeds

    environment.browser()
    python = environment.prepare("test")
    if arguments[:1] == ["--speeds"]:
        return speeds.run(python, arguments[1:])
    node.prepare(python)
    tests = checks.pytest(python, arguments) if arguments else checks.everything(python)
    return checks.run([*checks.python_code(python), *checks.page_code(python), tests])


def check(arguments: list[str]) -> int:
    """Run what needs no browser and takes seconds."""
    from tools import checks, environment, node

    nothing_after("check", arguments)
    python = environment.prepare("test")
    node.prepare(python)
    arrows = checks.pytest(python, ["tests/test_architecture.py"])
    return checks.run([*checks.python_code(python), *checks.page_code(python), arrows])


def bench(arguments: list[str]) -> int:
    """Run the benchmarks, or the one that is named."""
    import subprocess

    from tools import environment

    environment.browser()
    python = environment.prepare("bench")
    return subprocess.call([python, "-m", "benchmarks", *arguments], cwd=environment.ROOT)


def train(arguments: list[str]) -> int:
    """Train the network that ships; tools/training.py says how."""
    import os
    import subprocess

    from tools import environment

    python = environment.prepare("runtime")
    path = os.pathsep.join(filter(None, [str(environment.ROOT), os.environ.get("PYTHONPATH")]))
    settings = {**os.environ, **environment.FOR_TRAINING, "PYTHONPATH": path}
    return subprocess.call([python, "-P", "-m", "tools.training", *arguments], env=settings)


def lock(arguments: list[str]) -> int:
    """Choose versions anew and write the lock files."""
    from tools import environment, locks

    if arguments not in ([], ["--upgrade"]):
        nothing_after("lock [--upgrade]", arguments)
    locks.write(environment.prepare("test"), upgrade=bool(arguments))
    return 0


def nothing_after(verb: str, arguments: list[str]) -> None:
    """Refuse arguments that a verb does not know, rather than overlook them."""
    from tools.talk import DoorError

    if arguments:
        raise DoorError(f"run.py {verb} takes nothing after it, and was given: {' '.join(arguments)}")


VERBS = {"serve": serve, "test": test, "check": check, "bench": bench, "train": train, "lock": lock}


def main(arguments: list[str]) -> int:
    """Find the verb; a sentence rather than a traceback when something is missing."""
    from tools.talk import DoorError

    verb = "serve"
    if arguments and not arguments[0].startswith("-"):
        verb, *arguments = arguments
    if "--help" in arguments[:1] or "-h" in arguments[:1]:
        print(USAGE)
        return 0
    if verb not in VERBS:
        print(f"run.py knows no {verb!r}.\n\n{USAGE}", file=sys.stderr)
        return 2
    try:
        return VERBS[verb](arguments)
    except DoorError as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
