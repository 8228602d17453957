struct PageTextExtractor {
    static func extract(_ bytes: [UInt8]) -> Extraction { Extraction() }
}
