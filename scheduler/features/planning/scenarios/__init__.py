"""What-ifs of a term: changes tried in a plan, set side by side, and taken over into the registers when they please."""
