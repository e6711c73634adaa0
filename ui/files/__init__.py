"""Files around the open book: locks, lost work, what is dropped, paper."""
