"""KakaoTalk: the skill channel and the local stand-in of its bot engine."""
