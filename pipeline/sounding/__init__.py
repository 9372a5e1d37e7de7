"""From recordings to soundtracks: voices, timelines, the master, and the ear that checks them."""
