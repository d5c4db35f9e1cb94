"""Words the simulator writes with: one package per family of templates, one file per kind of text."""
