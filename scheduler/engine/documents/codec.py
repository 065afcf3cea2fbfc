"""Documents as they are downloaded, and as they are kept in the database: gzipped JSON."""

import gzip

import solver


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
