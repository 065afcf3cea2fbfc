"""What is told of a browser in which somebody signed in: its name, what it runs on, and from which network."""

from ipaddress import IPv4Address, ip_address, ip_network
from typing import Final

from flask_babel import LazyString, gettext as _, lazy_gettext as _l

BROWSERS: Final = {
    "micromessenger/": "WeChat", "dingtalk": "DingTalk", "alipayclient": "Alipay", "edg/": "Edge", "edga/": "Edge",
    "opr/": "Opera", "mqqbrowser": "QQ", "qqbrowser": "QQ", "ucbrowser": "UC", "huaweibrowser": "Huawei",
    "miuibrowser": "Xiaomi", "samsungbrowser": "Samsung", "firefox/": "Firefox", "fxios/": "Firefox",
    "crios/": "Chrome", "chrome/": "Chrome", "safari/": "Safari",
}
"""Names by what such a browser says of itself; those that pretend to be others as well stand before these."""
SYSTEMS: Final = {
    "harmonyos": "HarmonyOS", "openharmony": "HarmonyOS", "android": "Android", "iphone": "iOS", "ipad": "iPadOS",
    "windows": "Windows", "mac os x": "macOS", "cros": "ChromeOS", "linux": "Linux",
}
WORDS: Final[dict[str, LazyString]] = {
    "WeChat": _l("WeChat"), "DingTalk": _l("DingTalk"), "Alipay": _l("Alipay"), "QQ": _l("QQ browser"),
    "UC": _l("UC browser"), "Huawei": _l("Huawei browser"), "Xiaomi": _l("Xiaomi browser"),
    "Samsung": _l("Samsung browser"),
}
"""Names that differ between languages."""
V4_BITS, V6_BITS = 24, 48
"""What of an address tells the network, without the household."""


def recognised(user_agent: str) -> tuple[str, str]:
    """Browser and system by what a browser says of itself; "" for what is not known."""
    said = user_agent.lower()
    browser = next((name for sign, name in BROWSERS.items() if sign in said), "")
    return browser, next((name for sign, name in SYSTEMS.items() if sign in said), "")


def network_of(address: str) -> str:
    """The network of an address, as 203.0.113.0/24; "" for what is no address."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return ""
    bits = V4_BITS if isinstance(parsed, IPv4Address) else V6_BITS
    return str(ip_network((parsed, bits), strict=False))


def in_words(browser: str, system: str) -> str:
    """What users read of a browser."""
    name = str(WORDS.get(browser, browser))
    if name and system:
        return _("%(browser)s on %(system)s", browser=name, system=system)
    return name or system or _("an unknown browser")
