"""The public pages, written on the server: no cookie, no third party, a quick way out on each."""
