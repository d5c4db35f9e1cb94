"""The interview loop, practised on an organisation whose truth is known."""
