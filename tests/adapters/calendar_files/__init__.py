"""Calendar files as other programs write them, made by chance, with the times that they mean."""
