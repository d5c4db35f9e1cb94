"""The vocabulary and the log: frozen, cited records, observed or declared, and the store that keeps them."""
