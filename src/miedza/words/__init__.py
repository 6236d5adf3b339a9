"""Every sentence that states a rule or a ruling, in English, Polish and Russian.

A sentence has four forms: `long` (the agreement), `short` (a post), `line` (a reminder) and, for a
ruling, `reason` (the strip). The sentences of a rule stand in the file of its name.
"""
