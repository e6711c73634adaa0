"""From arrivals to people: who is present in each group and month, by plain arithmetic.

Arrivals per stream (`arrivals`) pass along the rows of the table Streams (`network`), stay as long
as their distribution says (`stays`) and go on or leave (`walk`). `present` sets the result beside
the forecast, which goes before it; `uncertainty` says what the result hangs on.
"""
