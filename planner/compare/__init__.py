"""Plans and scenarios side by side: what differs, what makes the difference, what is regretted."""
