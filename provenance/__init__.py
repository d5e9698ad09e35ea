"""What is known of each source, who said it and when: the store and the words all others share."""
