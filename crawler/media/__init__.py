"""What files carry about themselves inside: XMP packets, EPUB packages, content credentials."""
