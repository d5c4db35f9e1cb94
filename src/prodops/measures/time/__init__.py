"""Where PM time goes."""
