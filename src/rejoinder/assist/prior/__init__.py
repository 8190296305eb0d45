"""What is known before a site's first decision: weights of English words, and lists of coarse words of many languages.

`wordpieces.bin` is the vocabulary of the sentence encoder: the lines of BERT's vocab.txt, deflated.
`prior.bin` is data made by bin/make-prior; NOTICE says of whom it comes. Nothing in it was learned from a site.
"""
