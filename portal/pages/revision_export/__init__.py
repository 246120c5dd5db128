"""What reviewers take along: any filtered list as CSV, XLSX or PDF, and the dossier of one object."""
