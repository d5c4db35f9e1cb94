"""Every action in every face: as a form, a command, an address for programs and a tool for agents."""
