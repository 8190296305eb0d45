"""Trying Assist on a newsroom's own history: a file in, one page out. Needs no database and no site."""
