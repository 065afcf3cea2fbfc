"""Reading weekly hours for the grid in which they are painted."""
