"""The ``onnx`` package's own test cases of single nodes, run through the engine.

``python -m tests.engine.onnx_cases`` prints how many of each operator are run and left out.
"""
