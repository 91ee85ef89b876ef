"""What must hold for every election, tried on invented ones."""
