"""What may be asked for as prevention education, and how a request moves on."""
