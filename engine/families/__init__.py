"""What operations of one family share."""
