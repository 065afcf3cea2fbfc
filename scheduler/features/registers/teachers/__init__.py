"""The register of teachers and volunteers."""
