"""robots.txt (RFC 9309): what an answer amounts to, its lines, its groups, and a decision."""
