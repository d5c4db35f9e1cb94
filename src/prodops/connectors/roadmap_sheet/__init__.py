"""A roadmap kept in a table beside the tracker: a row for each item, or one each time an item was touched."""
