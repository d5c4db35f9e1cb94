"""GitHub: issues and pull requests in JSON, from the REST and GraphQL interfaces and from `gh`."""
