"""Linear: issues and their history, from a GraphQL export in JSON and from its CSV export."""
