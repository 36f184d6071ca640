"""The pages: their files, made small and kept, and what the server writes into them."""
