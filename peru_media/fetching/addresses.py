"""Which numeric addresses lie in the open internet, and which are nobody's business.

An address that somebody else gave us (a feed to import, a hub, a redirect) may
lead into the machine that runs us, its network, or the service that hands out a
cloud machine's credentials. Only addresses that the IANA registries of special
purposes (RFC 6890 and its updates) leave to the open internet are public.
"""

import ipaddress
import socket
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network

__all__ = ["is_closed", "is_public", "look_up"]

_NOT_PUBLIC_4 = tuple(
    IPv4Network(block)
    for block in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # behind a carrier's NAT
        "127.0.0.0/8",  # this machine
        "168.63.129.16/32",  # public by its number, but Azure's host to its machines
        "169.254.0.0/16",  # link-local, and where clouds keep credentials
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # protocol assignments
        "192.0.2.0/24",  # documentation
        "192.88.99.0/24",  # 6to4 relays, retired
        "192.168.0.0/16",  # private
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, broadcast
    )
)
_GLOBAL_UNICAST = IPv6Network("2000::/3")
_NOT_PUBLIC_6 = tuple(
    IPv6Network(block)
    for block in (
        "2001::/23",  # protocol assignments, Teredo among them
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4, which can hide any IPv4 address
        "3fff::/20",  # documentation
    )
)
_NAT64 = IPv6Network("64:ff9b::/96")


def is_public(address: str) -> bool:
    """Tell whether a numeric address lies in the open internet.

    An IPv4 address inside an IPv6 one (mapped, RFC 4291; NAT64, RFC 6052) is
    judged as itself.

    Raises:
        ValueError: not a numeric address.
    """
    found = _unwrapped(ipaddress.ip_address(address))
    if isinstance(found, IPv4Address):
        return found.is_global and not any(found in block for block in _NOT_PUBLIC_4)
    return (
        found in _GLOBAL_UNICAST
        and found.is_global
        and not any(found in block for block in _NOT_PUBLIC_6)
    )


def is_closed(host: str) -> bool:
    """Tell whether a host cannot be public, as its name or number alone says."""
    try:
        return not is_public(host)
    except ValueError:
        return host.rstrip(".").rpartition(".")[2] == "localhost"


def look_up(host: str, port: int) -> tuple[str, ...]:
    """Ask the system for the numeric addresses of a host, best first.

    Raises:
        OSError: the name is not known, or nobody could be asked.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(entry[4][0]) for entry in found))


def _unwrapped(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    if isinstance(address, IPv4Address):
        return address
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFF_FFFF)
    return address
