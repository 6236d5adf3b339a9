"""Heavy runs: what a few rounds in the tests show, shown many thousand times."""
