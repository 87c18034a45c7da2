"""Where a request comes from, as far as limits care."""

import ipaddress

from allauth.account.adapter import get_adapter
from django.http import HttpRequest

# One home or school gets a whole /64 of IPv6; counting single addresses there would count nothing.
IPV6_PREFIX = 64


def client_address(request: HttpRequest) -> str:
    """The visitor's address behind the trusted proxies; for IPv6 the network it belongs to."""
    text = get_adapter(request).get_client_ip(request)
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return str(text)
    if isinstance(address, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((address, IPV6_PREFIX), strict=False))
    return str(address)
