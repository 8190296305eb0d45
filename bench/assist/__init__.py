"""What Assist is worth on labelled comments of others: see docs/assist-figures.md."""
