"""Architectures that ship: functions that return networks without weights."""
