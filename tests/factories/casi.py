"""Cases and the people in them; filled in with the models of the reserved area."""
