/// Units of one dimension in each other: kilometres and miles, kilowatt hours and megajoules, gigabytes and terabytes.
public enum UnitScale {
    /// The unit in which amounts of a unit are compared, and how many of it one is; nil for a unit that is not known,
    /// such as a noun or a currency.
    ///
    /// - Parameter code: UCUM, as records have it: `[mi_i]/h`, `kW.h`, `GBy`.
    public static func base(of code: String) -> (unit: String, factor: Double)? { table[code] }

    private static let table: [String: (unit: String, factor: Double)] = {
        var table: [String: (unit: String, factor: Double)] = [:]
        let decimal: [(String, Double)] = [
            ("", 1), ("p", 1e-12), ("n", 1e-9), ("u", 1e-6), ("m", 1e-3), ("k", 1e3), ("M", 1e6), ("G", 1e9),
            ("T", 1e12),
            ("P", 1e15), ("E", 1e18), ("Z", 1e21),
        ]
        // Each code with the base of its dimension: metres, seconds, tonnes, bytes, watt hours.
        let prefixed: [(String, String, Double)] = [
            ("m", "m", 1), ("s", "s", 1), ("g", "t", 1e-6), ("t", "t", 1), ("L", "m3", 1e-3), ("W", "W", 1),
            ("W.h", "W.h", 1),
            ("J", "W.h", 1.0 / 3600), ("cal", "W.h", 4.184 / 3600), ("eV", "W.h", 1.602_176_634e-19 / 3600),
            ("Hz", "Hz", 1), ("V", "V", 1), ("A", "A", 1), ("A.h", "A.h", 1), ("Pa", "Pa", 1), ("bar", "Pa", 1e5),
            ("N", "N", 1),
            ("By", "B", 1), ("bit", "B", 0.125), ("By/s", "B/s", 1), ("bit/s", "B/s", 0.125), ("FLOP/s", "FLOP/s", 1),
            ("FLOP", "FLOP", 1), ("Ohm", "Ohm", 1), ("mol", "mol", 1),
        ]
        for (code, base, factor) in prefixed {
            for (prefix, scale) in decimal { table[prefix + code] = (base, factor * scale) }
        }
        for (prefix, power) in [("Ki", 1.0), ("Mi", 2), ("Gi", 3), ("Ti", 4)] {
            var factor = 1.0
            for _ in 0..<Int(power) { factor *= 1024 }
            table[prefix + "By"] = ("B", factor)
        }
        let rest: [(String, String, Double)] = [
            ("cm", "m", 0.01), ("dm", "m", 0.1), ("[in_i]", "m", 0.0254), ("[ft_i]", "m", 0.3048),
            ("[yd_i]", "m", 0.9144),
            ("[mi_i]", "m", 1609.344), ("[nmi_i]", "m", 1852), ("[ly]", "m", 9.460_730_472_580_8e15),
            ("Ao", "m", 1e-10),
            ("m2", "m2", 1), ("cm2", "m2", 1e-4), ("mm2", "m2", 1e-6), ("km2", "m2", 1e6), ("har", "m2", 1e4),
            ("[acr_us]", "m2", 4046.872_609_874_252), ("[sft_i]", "m2", 0.092_903_04), ("[smi_us]", "m2", 2_589_998.47),
            ("{mu}", "m2", 10_000.0 / 15), ("m3", "m3", 1), ("km3", "m3", 1e9), ("cm3", "m3", 1e-6),
            ("[cft_i]", "m3", 0.028_316_846_592), ("[gal_us]", "m3", 0.003_785_411_784),
            ("[bbl_us]", "m3", 0.158_987_294_928),
            ("[lb_av]", "t", 0.000_453_592_37), ("[oz_av]", "t", 0.000_028_349_523_125), ("{jin}", "t", 0.0005),
            ("[HP]", "W", 745.699_871_582_270_22), ("min", "s", 60), ("h", "s", 3600), ("d", "s", 86_400),
            ("wk", "s", 604_800),
            // A month and a year are the mean Gregorian ones.
            ("mo", "s", 2_629_746), ("a", "s", 31_556_952), ("Ma", "s", 31_556_952e6), ("ka", "s", 31_556_952e3),
            ("km/h", "m/s", 1 / 3.6), ("m/s", "m/s", 1), ("km/s", "m/s", 1000), ("[mi_i]/h", "m/s", 0.447_04),
            ("atm", "Pa", 101_325), ("pp", "pp", 1), ("bp", "pp", 0.01), ("rpm", "Hz", 1.0 / 60),
            ("{rev}/min", "Hz", 1.0 / 60),
        ]
        for (code, base, factor) in rest { table[code] = (base, factor) }
        return table
    }()
}
