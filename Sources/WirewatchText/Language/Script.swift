/// A writing system, as far as it tells languages apart.
enum Script: Int, CaseIterable {
    case latin, cyrillic, greek, hebrew, arabic, devanagari, bengali, tamil, telugu, thai, georgian, armenian
    case hangul, kana, han

    /// Nil for what is no letter, or one of another script.
    @inline(__always)
    init?(_ scalar: UInt32) {
        if scalar < 0x80 {
            guard scalar &- 0x61 < 26 else { return nil }
            self = .latin
            return
        }
        switch scalar {
        case 0xC0...0x24F, 0x1E00...0x1EFF: self = .latin
        case 0x370...0x3FF, 0x1F00...0x1FFF: self = .greek
        case 0x400...0x52F: self = .cyrillic
        case 0x531...0x587: self = .armenian
        case 0x5D0...0x5F2: self = .hebrew
        case 0x620...0x6D3, 0x6FA...0x77F: self = .arabic
        case 0x900...0x963: self = .devanagari
        case 0x980...0x9E3: self = .bengali
        case 0xB80...0xBE5: self = .tamil
        case 0xC00...0xC63: self = .telugu
        case 0xE00...0xE4E: self = .thai
        case 0x10A0...0x10FF: self = .georgian
        case 0x3040...0x30FF: self = .kana
        case 0x3400...0x4DBF, 0x4E00...0x9FFF: self = .han
        case 0xAC00...0xD7AF: self = .hangul
        default: return nil
        }
    }

    var isWide: Bool { self == .hangul || self == .kana || self == .han }

    /// The language most written in it.
    var language: String {
        switch self {
        case .latin: "en"
        case .cyrillic: "ru"
        case .greek: "el"
        case .hebrew: "he"
        case .arabic: "ar"
        case .devanagari: "hi"
        case .bengali: "bn"
        case .tamil: "ta"
        case .telugu: "te"
        case .thai: "th"
        case .georgian: "ka"
        case .armenian: "hy"
        case .hangul: "ko"
        case .kana: "ja"
        case .han: "zh"
        }
    }
}
