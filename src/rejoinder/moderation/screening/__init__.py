"""What screening looks at: words, likenesses, rules, services. The order of it is in moderation.pipeline."""
