"""What users do, in wings by who does it. Features never import each other."""
