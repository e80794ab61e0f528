"""The survey: answering by invitation, and the rounds at the desk."""
