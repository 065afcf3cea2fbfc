"""From a term that is ready to a plan that is published: jobs, drafts, publishing."""
