"""Set-up, PostgreSQL and processes for a laptop, the demo and the tests; imports only the standard library."""
