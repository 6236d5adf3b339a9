"""What is said: written as rows, sent by the worker. The row is the queue."""
