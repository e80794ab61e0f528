"""A local stand-in of the Telegram Bot API, with a phone for people and a control API for tests."""
