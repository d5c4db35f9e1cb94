"""prodops: the operating system of a product-operations function."""

__version__ = "0.1.0"
