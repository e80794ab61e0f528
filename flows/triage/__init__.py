"""What a free text signals: danger, self-harm, a wish for a person, to leave, to delete."""
