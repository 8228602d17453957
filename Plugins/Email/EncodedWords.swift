import WirewatchDelivery

/// Text that is not ASCII in header fields (RFC 2047), and in bodies (RFC 2045, 6.7).
enum EncodedWords {
    /// The text as it is when it is printable ASCII of one line, else encoded words of at most 75 characters, each of whole
    /// characters, with line folds between them.
    static func encode(_ text: String) -> String {
        if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }), !text.contains("=?"), text.utf8.count < 900 {
            return fold(text)
        }
        var words: [String] = []
        var bytes: [UInt8] = []
        for scalar in text.unicodeScalars {
            let more = Array(String(scalar).utf8)
            // `=?utf-8?B?` and `?=` are 12 of 75; 45 bytes make 60 characters of Base64. A field's name is before the first.
            if bytes.count + more.count > (words.isEmpty ? 36 : 45) {
                words.append("=?utf-8?B?\(Base64.encode(bytes))?=")
                bytes = []
            }
            bytes += more
        }
        if !bytes.isEmpty { words.append("=?utf-8?B?\(Base64.encode(bytes))?=") }
        return words.joined(separator: "\r\n ")
    }

    /// Breaks a long line at spaces (RFC 5322, 2.2.3).
    private static func fold(_ text: String) -> String {
        var lines: [String] = []
        var line = ""
        for word in text.split(separator: " ", omittingEmptySubsequences: false) {
            if !line.isEmpty, line.utf8.count + word.utf8.count > 70 {
                lines.append(line)
                line = ""
            } else if !line.isEmpty || !lines.isEmpty {
                if !line.isEmpty { line += " " }
            }
            line += word
        }
        lines.append(line)
        return lines.joined(separator: "\r\n ")
    }

    /// Quoted-printable lines of at most 76 characters, ended by CRLF.
    static func quotedPrintable(_ text: String) -> [UInt8] {
        let hex = Array("0123456789ABCDEF".utf8)
        var out: [UInt8] = []
        var line: [UInt8] = []
        func isLast(_ at: Int, _ bytes: [UInt8]) -> Bool { at + 1 == bytes.count }
        for part in text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false) {
            let bytes = part.last == 0x0D ? Array(part.dropLast()) : Array(part)
            for (at, byte) in bytes.enumerated() {
                let isSpace = byte == 0x20 || byte == 0x09
                let isPlain = byte > 0x20 && byte < 0x7F && byte != UInt8(ascii: "=")
                let piece: [UInt8] =
                    isPlain || (isSpace && !isLast(at, bytes))
                    ? [byte] : [UInt8(ascii: "="), hex[Int(byte >> 4)], hex[Int(byte & 15)]]
                if line.count + piece.count > 75 {
                    out += line + Array("=\r\n".utf8)
                    line = []
                }
                line += piece
            }
            out += line + [0x0D, 0x0A]
            line = []
        }
        return out
    }
}
