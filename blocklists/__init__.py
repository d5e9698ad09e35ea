"""What right holders hand in: formats, checks, and the record of what was received when."""
