"""A second, naive reading of the rules, to check the product against."""
