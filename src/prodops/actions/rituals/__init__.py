"""What product operations declares about rituals: their stance, their purpose, their end."""
