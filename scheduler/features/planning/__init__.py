"""From a term and its demand to a plan that is published."""
