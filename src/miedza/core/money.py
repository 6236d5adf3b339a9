"""Money: integers in minor units beside an ISO 4217 currency; exact, never a float."""

from __future__ import annotations

CURRENCIES = frozenset(
    "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BOV BRL BSD BTN "
    "BWP BYN BZD CAD CDF CHE CHF CHW CLF CLP CNY COP COU CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN "
    "ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD "
    "JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT "
    "MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG "
    "QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT "
    "TND TOP TRY TTD TWD TZS UAH UGX USD USN UYI UYU UYW UZS VED VES VND VUV WST XAF XAG XAU XBA "
    "XBB XBC XBD XCD XCG XDR XOF XPD XPF XPT XSU XTS XUA XXX YER ZAR ZMW ZWG".split()
)
"""The codes of ISO 4217 in use, and those that left it since 2025: agreements last longer."""

_PLACES = {
    **dict.fromkeys(
        "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".split(), 0
    ),
    **dict.fromkeys("BHD IQD JOD KWD LYD OMR TND".split(), 3),
    **dict.fromkeys("CLF UYW".split(), 4),
}


def minor_places(currency: str) -> int:
    """How many decimals the minor unit of a currency stands for, as ISO 4217 says.

    >>> minor_places("PLN"), minor_places("JPY"), minor_places("TND")
    (2, 0, 3)
    """
    return _PLACES.get(currency, 2)


def rounded(numerator: int, denominator: int) -> int:
    """Divide, half up to a whole minor unit, on exact integers.

    Args:
        numerator: at least 0.
        denominator: above 0.

    >>> rounded(5, 2), rounded(200_00 * 50, 100)
    (3, 10000)
    """
    return (2 * numerator + denominator) // (2 * denominator)


def share(price: int, percent: int) -> int:
    """That many percent of a price, rounded half up.

    >>> share(19999, 50)
    10000
    """
    return rounded(price * percent, 100)
