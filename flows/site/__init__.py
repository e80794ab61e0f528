"""What the public pages say: texts beside the dated facts on which they rest."""
