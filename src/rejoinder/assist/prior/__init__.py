"""What is known before a site's first decision: weights of English words, and lists of coarse words of many languages.

`prior.bin` is data made by bin/make-prior; NOTICE says of whom it comes. Nothing in it was learned from a site.
"""
