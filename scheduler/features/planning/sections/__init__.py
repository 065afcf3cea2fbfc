"""Sections: courses held once for a group of learners, with what is fixed before planning."""
