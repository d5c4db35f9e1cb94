"""What an intervention changed, with interval and grade."""
