"""What software that acts by a model writes, and who looks at it."""
