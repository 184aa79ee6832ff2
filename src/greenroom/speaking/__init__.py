"""From a sentence to sound: voices, their cache, and a player that can be cut short and tells the time."""
