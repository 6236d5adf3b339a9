"""What the rules say, as pure Python: values in, values out.

No Django, no clock, no chance, no I/O. `now` and the zone are arguments. Instants are whole seconds
since 1970-01-01T00:00:00Z, money is an integer in minor units, every interval is half open.
"""
