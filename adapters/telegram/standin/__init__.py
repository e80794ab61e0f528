"""A local stand-in of the Telegram Bot API: a phone for people, a control API for tests."""
