"""One file per set of addresses, found by scanning: `routes(site)` gives them."""
