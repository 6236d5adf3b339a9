"""What is fast, beside what others do: `python -m benchmarks`."""
