"""A comparison on paper: pages to put in a PDF of its own, or in a report of one plan."""
