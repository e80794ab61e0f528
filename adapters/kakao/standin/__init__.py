"""A local stand-in of KakaoTalk that sends real skill payloads through the real webhook."""
