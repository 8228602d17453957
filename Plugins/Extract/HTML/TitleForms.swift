/// A page's titles, whole and in parts, to be looked up in lists of telling ones.
struct TitleForms {
    private var forms: [(title: String, plain: [UInt8])] = []

    /// Bars, dashes, colons, dots and full stops, between which parts stand.
    private static let separators: Set<Unicode.Scalar> = [
        "|", "\u{2013}", "\u{2014}", ":", "\u{B7}", "!", ".", "\u{2026}",
    ]

    init(_ titles: [String]) {
        for title in titles {
            forms.append((title, PageMetadata.plain(title)))
            let scalars = title.unicodeScalars
            let parts = scalars.split { Self.separators.contains($0) }
            for part in parts where part.count < scalars.count { add(Substring(part), of: title) }
            let dashed = title.split(separator: " - ")
            for part in dashed where dashed.count > 1 { add(part, of: title) }
        }
    }

    private mutating func add(_ part: Substring, of title: String) {
        forms.append((title, PageMetadata.plain(String(part))))
    }

    /// The first title that is one of a list, or has a part that is.
    func first(in list: Set<[UInt8]>) -> String? { forms.first { list.contains($0.plain) }?.title }
}
