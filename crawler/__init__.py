"""Visit sources, or read past captures of them, and say what they said."""
