"""The whole conversation: who fills it, who opens it, who answers, how alike the two speak."""
