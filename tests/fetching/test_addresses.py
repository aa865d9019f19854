import pytest

from peru_media.fetching.addresses import is_public, look_up


@pytest.mark.parametrize(
    "address",
    [
        "8.8.8.8", "93.184.216.34", "1.1.1.1", "100.63.255.255", "100.128.0.0",
        "172.15.255.255", "172.32.0.1", "192.0.1.1", "223.255.255.254",
        "2606:4700:4700::1111", "2a00:1450:4009::200e", "::ffff:8.8.8.8",
        "64:ff9b::808:808",
    ],
)  # fmt: skip
def test_addresses_of_the_open_internet_are_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "100.64.0.1",  # noqa: S104  # judged, not bound
        "100.100.100.200", "100.127.255.255", "127.0.0.1", "127.255.255.254",
        "168.63.129.16", "169.254.0.1", "169.254.169.254", "169.254.170.2",
        "172.16.0.1", "172.31.255.255", "192.0.0.1", "192.0.0.192", "192.0.2.1",
        "192.88.99.1", "192.168.0.1", "192.168.255.255", "198.18.0.1", "198.19.0.1",
        "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.250", "240.0.0.1",
        "255.255.255.255",
        "::", "::1", "::7f00:1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
        "::ffff:169.254.169.254", "::ffff:0:7f00:1", "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "100::1", "2001::1", "2001:2::1",
        "2001:10::1", "2001:20::1", "2001:db8::1", "2002:7f00:1::",
        "2002:a9fe:a9fe::", "3fff::1", "5f00::1", "fc00::1", "fd00:ec2::254",
        "fd12:3456:789a::1", "fe80::1", "fe80::1%lo", "fec0::1", "ff02::1", "ff0e::1",
    ],
)  # fmt: skip
def test_addresses_with_a_special_purpose_are_not_public(address: str) -> None:
    assert not is_public(address)


def test_a_name_is_not_an_address() -> None:
    with pytest.raises(ValueError, match="localhost"):
        is_public("localhost")


def test_the_system_knows_this_machine_and_names_it_once() -> None:
    found = look_up("127.0.0.1", 80)

    assert found == ("127.0.0.1",)
