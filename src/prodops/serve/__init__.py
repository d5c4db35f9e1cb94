"""The faces (web, command line) and the only place that wires rooms together."""
