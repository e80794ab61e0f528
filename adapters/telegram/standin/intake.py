"""How a bot gets its updates: by polling, or by a webhook."""

import asyncio
import ipaddress
import re
import socket
from urllib.parse import SplitResult, urlsplit

from adapters.telegram.standin.account import Account
from adapters.telegram.standin.errors import ApiError, bad_request, conflict, too_many
from adapters.telegram.standin.requests import Query
from adapters.telegram.standin.results import Described, Written
from adapters.telegram.standin.updates import DEFAULT_KINDS, LONGEST_POLL
from adapters.telegram.standin.values import Json
from adapters.telegram.standin.webhooks import Delivery, Hook

_PORTS = frozenset({443, 80, 88, 8443})
_SECRET = re.compile(r"[A-Za-z0-9_-]*")
_LONGEST_SECRET = 256
_LARGEST_CERTIFICATE = 3 << 20
_ATTACH = "attach://"


async def get_updates(account: Account, query: Query) -> Written:
    """Return what is new; wait for it as long as the bot wants."""
    if hook_of(account):
        await account.updates.pause_conflict()
        raise conflict(
            "can't use getUpdates method while webhook is active; "
            "use deleteWebhook to delete the webhook first"
        )
    account.updates.allow(query.lenient_json("allowed_updates"))
    offset = query.number("offset")
    limit = query.between("limit", 100, 1, 100)
    timeout_s = query.between("timeout", 0, 0, LONGEST_POLL)
    return Written(await account.updates.poll(offset, limit, timeout_s))


def hook_of(account: Account) -> Hook | None:
    """Return the webhook that is set; one that has answered 410 for a day is not."""
    delivery = account.delivery
    return delivery.hook if delivery and not delivery.given_up else None


async def set_webhook(account: Account, query: Query) -> Described:
    """Deliver to an address from now on; an empty one ends that."""
    if not query.text("url"):
        return await delete_webhook(account, query)
    _pace(account)
    hook = await _hook(query)
    if hook == hook_of(account) and not query.flag("drop_pending_updates"):
        account.updates.allow(query.lenient_json("allowed_updates"))
        return Described(result=True, description="Webhook is already set")
    account.updates.end_poll("terminated by setWebhook request")
    await stop_delivery(account)
    if query.flag("drop_pending_updates"):
        account.updates.clear()
    account.updates.allow(query.lenient_json("allowed_updates"))
    account.delivery = Delivery(hook, account.updates, account.clock, account.run)
    account.updates.on_new = account.delivery.look
    account.delivery.look()
    return Described(result=True, description="Webhook was set")


async def delete_webhook(account: Account, query: Query) -> Described:
    """End the delivery; what is pending stays, unless it is to be dropped."""
    was_set = hook_of(account) is not None
    await stop_delivery(account)
    if query.flag("drop_pending_updates"):
        account.updates.clear()
    account.updates.allow(query.lenient_json("allowed_updates"))
    word = "was" if was_set else "is already"
    return Described(result=True, description=f"Webhook {word} deleted")


async def stop_delivery(account: Account) -> None:
    """Close the delivery, if there is one."""
    delivery, account.delivery = account.delivery, None
    account.updates.on_new = None
    if delivery:
        await delivery.close()


def webhook_info(account: Account, _query: Query) -> Json:
    """Say how the delivery goes."""
    hook = hook_of(account)
    info: Json = {
        "url": hook.url if hook else "",
        "has_custom_certificate": bool(hook and hook.certificate),
        "pending_update_count": len(account.updates),
    }
    if hook and account.delivery:
        trouble = account.delivery.trouble
        if trouble.at:
            info["last_error_date"] = int(trouble.at)
            info["last_error_message"] = trouble.message
        info["max_connections"] = hook.connections
        info["ip_address"] = hook.address or "<unknown>"
    if account.updates.kinds != DEFAULT_KINDS:
        info["allowed_updates"] = sorted(account.updates.kinds)
    return info


def _pace(account: Account) -> None:
    now = account.clock.now()
    if now < account.hook_set_at + 1:
        raise too_many(1)
    account.hook_set_at = now


async def _hook(query: Query) -> Hook:
    url, secret = query.text("url"), query.text("secret_token")
    parts = _parts(url)
    if len(secret) > _LONGEST_SECRET:
        raise bad_request("secret token is too long")
    if not _SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")
    address = await _address(parts.hostname or "", query.text("ip_address"))
    if not ipaddress.ip_address(address).is_loopback:
        _check_public(parts, address)
    return Hook(
        url=url if "://" in url else f"https://{url}",
        secret=secret,
        connections=query.between("max_connections", 40, 1, 100),
        certificate=_certificate(query),
        address=address,
        fixed_address=query.text("ip_address"),
    )


def _parts(url: str) -> SplitResult:
    parts = urlsplit(url if "://" in url else f"https://{url}")
    try:
        _ = parts.port
    except ValueError:
        raise bad_request("invalid webhook URL specified") from None
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise bad_request("invalid webhook URL specified")
    return parts


async def _address(host: str, fixed: str) -> str:
    """Return the IP address of a host, or the one that the bot wants."""
    if fixed:
        try:
            return str(ipaddress.ip_address(fixed))
        except ValueError:
            raise _bad_hook("Invalid IP address specified") from None
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except OSError:
        raise _bad_hook(f"Failed to resolve host: {host}") from None
    return str(min(found, key=lambda each: each[0] != socket.AF_INET)[4][0])


def _check_public(parts: SplitResult, address: str) -> None:
    """Hold everything that is not on this machine to Telegram's own rules."""
    if parts.scheme != "https":
        raise _bad_hook("An HTTPS URL must be provided for webhook")
    if (parts.port or 443) not in _PORTS:
        raise _bad_hook("Webhook can be set up only on ports 80, 88, 443 or 8443")
    if not ipaddress.ip_address(address).is_global:
        raise _bad_hook(f"IP address {address} is reserved")


def _certificate(query: Query) -> str:
    asked = query.text("certificate")
    name = asked.removeprefix(_ATTACH) if asked.startswith(_ATTACH) else "certificate"
    upload = query.files.get(name)
    if upload is None:
        return ""
    if len(upload.content) > _LARGEST_CERTIFICATE:
        raise bad_request(f"certificate size is too big ({len(upload.content)} bytes)")
    return upload.content.decode("ascii", "replace")


def _bad_hook(reason: str) -> ApiError:
    return bad_request(f"bad webhook: {reason}")


async def log_out(account: Account, _query: Query) -> bool:
    """Leave the server: what is pending is gone, further calls fail until a reset."""
    account.updates.end_poll()
    await stop_delivery(account)
    account.updates.clear()
    account.logged_out = True
    return True


async def close(account: Account, _query: Query) -> bool:
    """Close the bot on this server; the next call opens it again."""
    account.updates.end_poll()
    return True
