"""Who says so, at the desk: the register of sources, the claims of a story, what needs a person, corrections."""
