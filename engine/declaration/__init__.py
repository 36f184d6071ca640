"""What an operation is: its names, inputs, parameters, sizes, and a call of it."""
