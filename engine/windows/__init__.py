"""The window law: which input cells each output cell reads, for every kind of window."""
