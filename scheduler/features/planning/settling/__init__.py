"""Settling what a published plan holds otherwise than the registers now say."""
