"""A lower bound of the cost by prices on what sections compete for (Lagrangian relaxation).

Every hour of a room or teacher, a teacher's day and week, a unit's budget and a community that wants to be served is a
constraint with a price of at least 0. Given prices, each section takes what is cheapest for it alone; what all of them
pay, less the worth of the capacities at these prices, is more than no plan costs (Held and Karp, 1970, "The
traveling-salesman problem and minimum spanning trees"; Geoffrion, 1974, "Lagrangean relaxation for integer
programming"). ``volume`` looks for prices that make this bound high.
"""
