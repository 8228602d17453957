/// Strings of bytes that are UTF-8 in all likelihood.
public enum TextDecoding {
    /// The bytes as a string, broken sequences replaced: `String(decoding:as:)`, several times as fast (Swift 6.3) for what
    /// is valid.
    public static func string(_ bytes: ArraySlice<UInt8>) -> String {
        let finding = bytes.withUnsafeBufferPointer { UTF8Validation.examine($0) }
        if finding == .broken { return String(decoding: bytes, as: UTF8.self) }
        // Unchecked, for the bytes were found valid just now.
        return String(copying: UTF8Span(unchecked: bytes.span, isKnownASCII: finding == .ascii))
    }
}
