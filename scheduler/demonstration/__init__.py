"""The demonstration: a real district's network with assumed venues, teachers and demand, planned and published."""
