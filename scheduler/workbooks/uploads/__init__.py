"""Reads files that people upload: unpacked, in whatever letters, with headings wherever they stand."""
