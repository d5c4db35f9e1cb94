"""Templates held out for testing: another company's words, none shared with development."""
