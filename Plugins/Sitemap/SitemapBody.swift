import WirewatchCompression

/// The bytes of a sitemap, which publishers compress as files whatever HTTP does besides.
enum SitemapBody {
    /// Twice compressed happens: a `.gz` file that the server compresses again and labels once.
    private static let layers = 2

    struct TooLarge: Error, CustomStringConvertible {
        var limit: Int

        var description: String { "decompressed it is larger than 'max_size' (\(limit) bytes)" }
    }

    /// The bytes themselves, or what they decompress to.
    /// - Parameter limit: bytes of the result; checked while decompressing.
    static func decompressed(_ bytes: [UInt8], limit: Int) throws -> [UInt8] {
        var bytes = bytes
        for _ in 0..<layers where bytes.starts(with: [0x1F, 0x8B]) { bytes = try gunzipped(bytes, limit: limit) }
        return bytes
    }

    private static func gunzipped(_ bytes: [UInt8], limit: Int) throws -> [UInt8] {
        var at = 0
        let reader = try GunzipReader { buffer in
            let count = min(buffer.count, bytes.count - at)
            buffer.replaceSubrange(0..<count, with: bytes[at..<at + count])
            at += count
            return count
        }
        var result: [UInt8] = []
        var piece: [UInt8] = []
        while try reader.read(into: &piece) {
            guard piece.count <= limit - result.count else { throw TooLarge(limit: limit) }
            result.append(contentsOf: piece)
        }
        return result
    }
}
