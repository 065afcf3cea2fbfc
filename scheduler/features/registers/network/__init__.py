"""The register of the four-level network: units and communities."""
