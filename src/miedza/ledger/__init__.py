"""The ledger: what was agreed, what happened, what the rules say. It is only ever added to."""
