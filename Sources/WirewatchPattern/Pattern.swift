internal import CWirewatchPCRE2

/// A regular expression in the manner of Perl, compiled to machine code by PCRE2.
///
/// Letters match in either case unless asked otherwise, classes such as `\w` and `\b` know Unicode. A search that
/// takes too many steps gives up with an error, so that no pattern can hold up its caller for more than milliseconds.
///
/// Immutable; any number of threads may search with one pattern.
public final class Pattern: @unchecked Sendable {
    // Sendable: PCRE2 does not change compiled code, nor a match context after it was set up (pcre2api, "Multithreading").
    private let code: OpaquePointer
    private let limits: OpaquePointer

    public let text: String
    /// Letters in lower case that every match holds, at least three; nil when there is no such run.
    let literal: [UInt8]?

    /// Longer patterns are refused, in bytes.
    public static let maximumLength = 4096
    /// Steps of backtracking after which a search gives up: some 10 ms.
    static let maximumSteps: UInt32 = 1_000_000

    /// Compiles a pattern.
    ///
    /// - Throws: what is wrong with it, also when it matches the empty text, which is everywhere.
    public init(_ text: String, isCaseSensitive: Bool = false) throws(PatternError) {
        self.text = text
        guard text.utf8.count <= Self.maximumLength else {
            throw PatternError(reason: "is longer than \(Self.maximumLength) bytes", offset: nil)
        }
        // Invalid text is searched safely; \C, which could split a character, is refused.
        var options = UInt32(PCRE2_UTF) | UInt32(PCRE2_UCP) | UInt32(PCRE2_MATCH_INVALID_UTF)
        options |= UInt32(PCRE2_NEVER_BACKSLASH_C) | UInt32(PCRE2_MULTILINE)
        if !isCaseSensitive { options |= UInt32(PCRE2_CASELESS) }
        var problem: Int32 = 0
        var offset = 0
        let bytes = Array(text.utf8)
        guard let code = pcre2_compile_8(bytes, bytes.count, options, &problem, &offset, nil) else {
            throw PatternError(reason: "is no regular expression: \(Self.message(problem))", offset: offset)
        }
        // Without machine code (a hardened kernel may forbid it) the pattern is interpreted: slower, otherwise the same.
        _ = pcre2_jit_compile_8(code, UInt32(PCRE2_JIT_COMPLETE))
        var matchesEmpty: UInt32 = 0
        pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_MATCHEMPTY), &matchesEmpty)
        guard matchesEmpty == 0 else {
            pcre2_code_free_8(code)
            throw PatternError(reason: "matches the empty text, and so everything", offset: nil)
        }
        guard let limits = pcre2_match_context_create_8(nil) else {
            pcre2_code_free_8(code)
            throw PatternError(reason: "finds no memory", offset: nil)
        }
        pcre2_set_match_limit_8(limits, Self.maximumSteps)
        pcre2_set_depth_limit_8(limits, Self.maximumSteps)
        pcre2_set_heap_limit_8(limits, 16 << 10)
        self.code = code
        self.limits = limits
        literal = RequiredLiteral.find(in: bytes)
    }

    deinit {
        pcre2_match_context_free_8(limits)
        pcre2_code_free_8(code)
    }

    /// The matches in a text, in order, none overlapping, at most `limit`.
    ///
    /// - Returns: byte ranges; a match at the end of the text may be empty.
    /// - Throws: when the search took too many steps; what was found before is lost.
    public func matches(
        in bytes: UnsafeBufferPointer<UInt8>, limit: Int = .max
    ) throws(PatternGaveUp) -> [Range<Int>] {
        guard let data = pcre2_match_data_create_8(1, nil) else {
            throw PatternGaveUp(reason: "there was no memory for the search")
        }
        defer { pcre2_match_data_free_8(data) }
        var found: [Range<Int>] = []
        var start = 0
        while found.count < limit, start <= bytes.count {
            // An empty buffer may have no address; PCRE2 wants one.
            let status = withUnsafePointer(to: 0 as UInt8) { nothing in
                pcre2_match_8(code, bytes.baseAddress ?? nothing, bytes.count, start, 0, data, limits)
            }
            if status == PCRE2_ERROR_NOMATCH { break }
            // 0: there were groups that the one pair of offsets has no room for.
            guard status >= 0 else { throw PatternGaveUp(reason: Self.message(status)) }
            // One pair of offsets was asked for, and a match has been: the first two are there. \K may turn them round.
            let offsets = UnsafeBufferPointer(start: pcre2_get_ovector_pointer_8(data), count: 2)
            let range = min(offsets[0], offsets[1])..<max(offsets[0], offsets[1])
            found.append(range)
            start = max(range.upperBound, start + (range.isEmpty ? 1 : 0))
        }
        return found
    }

    /// The matches in a text; for a hot loop use ``matches(in:limit:)`` on bytes.
    public func matches(in text: String, limit: Int = .max) throws(PatternGaveUp) -> [Range<Int>] {
        let bytes = Array(text.utf8)
        let result: Result<[Range<Int>], PatternGaveUp> = bytes.withUnsafeBufferPointer { buffer in
            do throws(PatternGaveUp) { return .success(try matches(in: buffer, limit: limit)) } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }

    private static func message(_ code: Int32) -> String {
        var text = [UInt8](repeating: 0, count: 256)
        let count = pcre2_get_error_message_8(code, &text, text.count)
        return count < 0 ? "error \(code)" : String(decoding: text[..<Int(count)], as: UTF8.self)
    }
}
