import WirewatchFeeds
import WirewatchText

/// Which files of the folder the source takes, and which of them it follows line by line as they grow.
struct FileSelection: Sendable {
    private let include: [Glob]
    private let exclude: [Glob]
    /// By the declared type; nil when the name decides.
    private let followsAll: Bool?

    init(_ options: FilesOptions) {
        include = options.include
        exclude = options.exclude
        followsAll = options.contentType.flatMap { DocumentFormat.declared($0) }.map { $0 == .jsonLines }
    }

    /// Whether the file at a path below the folder is wanted.
    func takes(_ path: String) -> Bool {
        !isLeftOut(path) && include.contains { $0.matches(path) } && !exclude.contains { $0.matches(path) }
    }

    /// Whether the folder at a path below the watched one is looked into.
    func enters(_ path: String) -> Bool {
        !isHidden(Self.name(path)) && !exclude.contains { $0.matches(path) || $0.matches(path + "/") }
    }

    /// Whether the file is one article a line, read as it grows.
    func follows(_ path: String) -> Bool {
        if let followsAll { return followsAll }
        return DocumentFormat.detect([], name: Self.name(path)) == .jsonLines
    }

    /// The part behind the last slash.
    static func name(_ path: String) -> String {
        path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(path[path.utf8.index(after: $0)...]) } ?? path
    }

    /// The part before the last slash; empty for a name alone.
    static func folder(_ path: String) -> String {
        path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(path[..<$0]) } ?? ""
    }

    static func join(_ folder: String, _ name: String) -> String { folder.isEmpty ? name : folder + "/" + name }

    private static let passing = ["~", ".tmp", ".part", ".swp"]

    private func isHidden(_ name: String) -> Bool { name.utf8.first == UInt8(ascii: ".") }

    /// Names that editors and downloads use for what is not finished.
    private func isLeftOut(_ path: String) -> Bool {
        let name = Self.name(path).lowercased()
        return isHidden(name) || Self.passing.contains { name.hasSuffix($0) }
    }
}
