internal import WirewatchKit

/// Units as people write them in rules, and as records have them.
enum Units {
    /// Signs that name one currency. `¥` and `$` alone are shared, but `$` is read as US dollars, as newspapers do.
    static let signs: [(sign: String, code: String)] = [
        ("US$", "USD"), ("HK$", "HKD"), ("A$", "AUD"), ("C$", "CAD"), ("S$", "SGD"), ("NT$", "TWD"), ("R$", "BRL"),
        ("$", "USD"), ("€", "EUR"), ("£", "GBP"), ("₹", "INR"), ("₩", "KRW"),
    ]

    /// The factor of a magnitude word; nil for any other word.
    static func magnitude(_ word: String) -> Double? {
        switch word {
        case "M", "mn": 1e6
        case "B", "bn": 1e9
        case "T", "tn": 1e12
        case "k", "K": 1e3
        default:
            switch word.lowercased() {
            case "thousand", "thousands": 1e3
            case "million", "millions": 1e6
            case "billion", "billions": 1e9
            case "trillion", "trillions": 1e12
            default: nil
            }
        }
    }

    /// The unit in which amounts are compared, and what a number in the written unit must be multiplied by: watts for
    /// `GW`, seconds for `hours`, the singular for a noun.
    static func canonical(_ unit: String) -> (unit: String, scale: Double) {
        // In lower case only where the name is a word: `mw` is not `MW`.
        if let known = known[unit] ?? word(unit) { return known }
        if let scale = UnitScale.base(of: unit) { return (scale.unit, scale.factor) }
        if isCurrency(unit) { return (unit, 1) }
        // `Robots` is `robot`, but `GPU` stays.
        let isCapitalised = unit.dropFirst().allSatisfy { !$0.isUppercase }
        return (singular(isCapitalised ? unit.lowercased() : unit), 1)
    }

    /// A unit's name, in the singular or plural.
    private static func word(_ name: String) -> (String, Double)? {
        let name = name.lowercased()
        return name.utf8.count > 2 ? known[name] ?? known[name + "s"] : nil
    }

    static func isCurrency(_ unit: String) -> Bool { currencies.contains(unit) }

    /// A counted noun in lower case and in the singular.
    static func singularNoun(_ noun: String) -> String { singular(noun.lowercased()) }

    private static func singular(_ noun: String) -> String {
        guard noun.utf8.count > 3, noun.hasSuffix("s"), !noun.hasSuffix("ss") else { return noun }
        if noun.hasSuffix("ies") { return noun.dropLast(3) + "y" }
        return String(noun.dropLast())
    }

    private static let known: [String: (String, Double)] = [
        "%": ("%", 1), "percent": ("%", 1), "per cent": ("%", 1), "pct": ("%", 1),
        "dollars": ("USD", 1), "us dollars": ("USD", 1), "euros": ("EUR", 1), "euro": ("EUR", 1),
        "yuan": ("CNY", 1), "rmb": ("CNY", 1), "renminbi": ("CNY", 1), "yen": ("JPY", 1), "won": ("KRW", 1),
        "rupees": ("INR", 1), "pounds sterling": ("GBP", 1),
        "W": ("W", 1), "kW": ("W", 1e3), "MW": ("W", 1e6), "GW": ("W", 1e9), "TW": ("W", 1e12),
        "watts": ("W", 1), "kilowatts": ("W", 1e3), "megawatts": ("W", 1e6), "gigawatts": ("W", 1e9),
        "Wh": ("W.h", 1), "kWh": ("W.h", 1e3), "MWh": ("W.h", 1e6), "GWh": ("W.h", 1e9), "TWh": ("W.h", 1e12),
        "W.h": ("W.h", 1), "kW.h": ("W.h", 1e3), "MW.h": ("W.h", 1e6), "GW.h": ("W.h", 1e9), "TW.h": ("W.h", 1e12),
        "tonnes": ("t", 1), "tons": ("t", 1), "tonne": ("t", 1), "ton": ("t", 1),
        "m": ("m", 1), "km": ("m", 1e3), "kilometers": ("m", 1e3), "kilometres": ("m", 1e3), "meters": ("m", 1),
        "metres": ("m", 1),
        "B": ("B", 1), "kB": ("B", 1e3), "MB": ("B", 1e6), "GB": ("B", 1e9), "TB": ("B", 1e12), "PB": ("B", 1e15),
        "km/h": ("m/s", 1 / 3.6), "mph": ("m/s", 0.447_04), "miles": ("m", 1609.344), "mi": ("m", 1609.344),
        "feet": ("m", 0.3048), "ft": ("m", 0.3048), "inches": ("m", 0.0254), "kg": ("t", 1e-3), "g": ("t", 1e-6),
        "kilograms": ("t", 1e-3), "lb": ("t", 0.000_453_592_37), "hectares": ("m2", 1e4),
        "acres": ("m2", 4046.872_609_874_252),
        "Gbps": ("B/s", 1.25e8), "Mbps": ("B/s", 1.25e5), "Tbps": ("B/s", 1.25e11), "GB/s": ("B/s", 1e9),
        "TB/s": ("B/s", 1e12),
        "TFLOPS": ("FLOP/s", 1e12), "PFLOPS": ("FLOP/s", 1e15), "EFLOPS": ("FLOP/s", 1e18),
        // Durations; a month and a year are the mean Gregorian ones (UCUM mo_g, a_g).
        "ms": ("s", 1e-3), "s": ("s", 1), "seconds": ("s", 1), "min": ("s", 60), "minutes": ("s", 60),
        "h": ("s", 3600), "hours": ("s", 3600), "d": ("s", 86_400), "days": ("s", 86_400),
        "wk": ("s", 604_800), "weeks": ("s", 604_800), "mo": ("s", 2_629_746), "months": ("s", 2_629_746),
        "a": ("s", 31_556_952), "years": ("s", 31_556_952),
        "times": ("x", 1), "people": ("person", 1),
    ]

    /// ISO 4217, the currencies in circulation.
    private static let currencies = Set(
        """
        AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF \
        CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG \
        HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA \
        MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD \
        RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX \
        USD UYU UZS VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWG
        """.split(separator: " ").map(String.init))
}
