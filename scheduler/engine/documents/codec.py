"""Documents as they are kept in the database (gzipped JSON) and as they are uploaded."""

import gzip
import zlib
from typing import Final

import solver

MAXIMUM_UPLOAD_BYTES: Final = 8_000_000
MAXIMUM_PLAN_BYTES: Final = 64_000_000


def term_json(term: solver.Term) -> bytes:
    """The document term/1 as it is downloaded."""
    return solver.write_term(term)


def plan_json(plan: solver.Plan) -> bytes:
    """The document plan/1 as it is downloaded."""
    return solver.write_plan(plan)


def pack_term(term: solver.Term) -> bytes:
    """A term document, gzipped."""
    return gzip.compress(solver.write_term(term), compresslevel=6, mtime=0)


def unpack_term(packed: bytes) -> solver.Term:
    """The term document that ``pack_term`` wrote."""
    return solver.read_term(gzip.decompress(packed))


def pack_plan(plan: solver.Plan) -> bytes:
    """A plan document, gzipped."""
    return gzip.compress(solver.write_plan(plan), compresslevel=6, mtime=0)


def unpack_plan(packed: bytes) -> solver.Plan:
    """The plan document that ``pack_plan`` wrote."""
    return solver.read_plan(gzip.decompress(packed))


def read_uploaded_plan(data: bytes) -> solver.Plan:
    """The plan of an uploaded file, JSON or gzipped JSON. Raises solver.DocumentError, also when it is too large."""
    if len(data) > MAXIMUM_UPLOAD_BYTES:
        raise solver.DocumentError("", f"larger than {MAXIMUM_UPLOAD_BYTES} bytes")
    return solver.read_plan(_inflate(data) if data.startswith(b"\x1f\x8b") else data)


def _inflate(data: bytes) -> bytes:
    """Unpack gzip, but never more than a plan may have."""
    unpacker = zlib.decompressobj(wbits=31)
    try:
        inflated = unpacker.decompress(data, MAXIMUM_PLAN_BYTES)
    except zlib.error as error:
        raise solver.DocumentError("", f"not a gzip file ({error})") from error
    if not unpacker.eof:
        raise solver.DocumentError("", "the gzip file is cut off or too large")
    return inflated
