"""The planning model: demand, what may be chosen, the rules, and what comes before what."""
