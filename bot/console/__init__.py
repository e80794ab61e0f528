"""The counselors' and admins' side: HTTP and WebSocket routes."""
