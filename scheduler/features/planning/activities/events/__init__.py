"""Events on certain days: their items, the sections of these, and the programme that residents see."""
