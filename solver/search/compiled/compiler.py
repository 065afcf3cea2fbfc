"""How functions are compiled, and where compiled code is kept between runs.

Numba looks at a function's own file alone to see whether kept code is out of date. Here functions call each other
across modules, so that the code is kept under a name made of all their sources.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, ParamSpec, TypeVar, cast

import numba
import numba.core.config

from solver.problem import overlap

Arguments = ParamSpec("Arguments")
Answer = TypeVar("Answer")

HERE = Path(__file__).parent
COMPILED_ELSEWHERE = (Path(overlap.__file__),)
"""Modules with functions that this package compiles although they stand elsewhere."""
njit: Any = numba.njit
"""Its published types leave out some of its options."""
config: Any = numba.core.config
"""Its values are set while it loads, unseen by type checkers."""


def compiled(function: Callable[Arguments, Answer]) -> Callable[Arguments, Answer]:
    """Compile a function for other compiled ones alone. Division follows numpy.

    It may not make arrays; then nobody has to count who uses which array, which would cost more than the work itself.
    """
    translate = njit(error_model="numpy", no_cpython_wrapper=True, no_cfunc_wrapper=True, _nrt=False)
    return cast(Callable[Arguments, Answer], translate(function))


def door(function: Callable[Arguments, Answer]) -> Callable[Arguments, Answer]:
    """Compile a function that Python may call, with all it calls; code that can be kept anywhere is kept."""
    folder = _folder()
    with _caching_in(folder):
        translate = njit(cache=folder is not None, error_model="numpy", no_cfunc_wrapper=True)
        return cast(Callable[Arguments, Answer], translate(function))


@contextmanager
def _caching_in(folder: Path | None) -> Iterator[None]:
    before = config.CACHE_DIR
    config.CACHE_DIR = str(folder or "")
    try:
        yield
    finally:
        config.CACHE_DIR = before


@cache
def _folder() -> Path | None:
    """The first place for compiled code that can be written to, None where there is none."""
    sources = sha256(b"".join(path.read_bytes() for path in (*sorted(HERE.glob("*.py")), *COMPILED_ELSEWHERE)))
    name = f"compiled-{sources.hexdigest()[:16]}"
    home = os.environ.get("XDG_CACHE_HOME") or Path("~/.cache").expanduser()
    places = [HERE / "__pycache__", Path(home) / "learning-city-scheduler"]
    if config.CACHE_DIR:
        places.insert(0, Path(config.CACHE_DIR))
    return next((place / name for place in places if _writable(place / name)), None)


def _writable(folder: Path) -> bool:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (OSError, RuntimeError):
        return False
    return os.access(folder, os.W_OK)
