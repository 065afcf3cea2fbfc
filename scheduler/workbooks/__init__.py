"""Registers as Excel workbooks: written, edited elsewhere, read again, looked through and taken over."""
