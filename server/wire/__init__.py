"""What travels: how wishes are read, and how numbers, texts and frames are written."""
