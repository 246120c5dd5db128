"""The reviewers' pages under /revision/: what was done, by whom and why; nothing here changes any content."""
