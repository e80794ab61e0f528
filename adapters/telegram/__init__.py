"""Telegram: the channel and the local stand-in of its Bot API."""
