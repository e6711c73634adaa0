"""What a solution means: tables of results, measures, notes, and why."""
