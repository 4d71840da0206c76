"""What finds: PostgreSQL always, a search cluster where one is set."""
