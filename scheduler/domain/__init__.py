"""What several features share about terms, plans, demand and teachers, as plain rules and queries."""
