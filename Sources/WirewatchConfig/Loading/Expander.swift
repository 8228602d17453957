import WirewatchKit
import WirewatchYAML

/// Reads the main file and all that it includes into one value, with variables and secrets filled in.
///
/// Goes on after each mistake, so that all of them are found in one run; what could not be read is remembered as
/// failed, and no second message is made of it.
final class Expander {
    /// Of all files together, as ``YAMLLimits`` are of each.
    static let limits = YAMLLimits()
    /// Files read, each as often as it is included.
    static let fileLimit = 4096

    let diagnostics = OptionReader.Diagnostics()
    /// Under the names that diagnostics carry.
    private(set) var texts: [String: String] = [:]
    /// Absolute paths in the order of reading.
    private(set) var files: [String] = []
    /// Names for diagnostics in the order of reading.
    private(set) var order: [String] = []
    /// Where a value stands that could not be read, and is null instead.
    private(set) var failed: Set<SourceLocation> = []
    /// Where a value stands that lacks a part.
    private(set) var incomplete: Set<SourceLocation> = []
    /// Where a value stands that no message may show.
    private(set) var secrets: Set<SourceLocation> = []

    let mainFolder: String
    let environment: [String: String]
    private let mainFile: String
    private let currentFolder = FileSystem.currentFolder
    private let substitution: VariableSubstitution
    private var chain: [Link] = []
    private var valueCount = 0
    private var reads = 0

    /// A file being read, and the `!include` that asked for it.
    private struct Link {
        var identity: String
        var place: SourceLocation?
    }

    /// The file that a node stands in.
    struct File {
        var path: String
        /// Its beginning, as diagnostics name it.
        var start: SourceLocation

        func place(_ position: YAMLPosition) -> SourceLocation {
            start.at(line: position.line, column: position.column)
        }
    }

    /// Texts that stand for files, by ``FileSystem/identity(_:)``.
    private let replacing: [String: [UInt8]]

    init(mainFile: String, environment: [String: String], replacing: [String: [UInt8]] = [:]) {
        self.replacing = Dictionary(
            replacing.map { (FileSystem.identity($0.key), $0.value) }, uniquingKeysWith: { first, _ in first })
        self.mainFile = FilePath.absolute(mainFile, in: currentFolder)
        self.environment = environment
        mainFolder = FilePath.folder(of: self.mainFile)
        substitution = VariableSubstitution(environment: environment)
    }

    /// The whole configuration; nil when the main file could not be read.
    func expandMain() -> OptionValue? {
        do { return try expand(fileAt: mainFile, from: nil, depth: 0) } catch {
            let name = FilePath.shown(mainFile, in: currentFolder)
            diagnostics.add(Diagnostic(at: nil, "cannot read '\(name)': \(error.reason)"))
            return nil
        }
    }

    func report(_ severity: Diagnostic.Severity = .error, at place: SourceLocation, _ message: String) {
        diagnostics.add(Diagnostic(severity, at: place, message + includedFrom()))
    }

    func fail(at place: SourceLocation, _ message: String) -> OptionValue {
        report(at: place, message)
        failed.insert(place)
        return OptionValue(.null, at: place)
    }

    func markIncomplete(_ place: SourceLocation) { incomplete.insert(place) }

    func noteFile(_ path: String) { if !files.contains(path) { files.append(path) } }

    // MARK: Files

    /// Expands a file; nil when its text has mistakes, which are reported, or when it is empty.
    func expand(fileAt path: String, from place: SourceLocation?, depth: Int) throws(FileSystem.Failure) -> OptionValue?
    {
        let identity = FileSystem.identity(path)
        let name = FilePath.shown(path, in: currentFolder)
        if let start = chain.firstIndex(where: { $0.identity == identity }) {
            let places = (chain[(start + 1)...].compactMap(\.place) + [place].compactMap { $0 })
                .map { "\($0.file):\($0.line):\($0.column)" }
            throw FileSystem.Failure(
                reason: "it includes itself, by the include at \(places.joined(separator: ", then "))")
        }
        reads += 1
        guard reads <= Self.fileLimit else {
            throw FileSystem.Failure(reason: "more than \(Self.fileLimit) files are included")
        }
        let bytes =
            if let text = replacing[identity] { text } else {
                try FileSystem.read(path, limit: Self.limits.bytes, orPipe: place == nil).bytes
            }
        noteFile(path)
        if !order.contains(name) { order.append(name) }
        let document = YAMLDocument.parse(bytes, limits: Self.limits)
        if !document.text.isEmpty { texts[name] = document.text }
        chain.append(Link(identity: identity, place: place))
        defer { chain.removeLast() }
        let file = File(path: path, start: SourceLocation(file: name, line: 1, column: 1))
        for problem in document.problems { report(at: file.place(problem.position), problem.message) }
        guard let root = document.root else {
            if !document.problems.isEmpty, let place { failed.insert(place) }
            if document.problems.isEmpty, place == nil {
                diagnostics.add(
                    Diagnostic(
                        at: file.start, "the file is empty; it needs at least 'sources', 'pipeline' and 'sinks'"))
            }
            return nil
        }
        return expand(root, in: file, depth: depth)
    }

    /// The files that a pattern below a folder means, sorted by the bytes of their names.
    func matches(_ pattern: String, in folder: String) -> [String] {
        let found = FileSystem.matches(pattern, in: folder)
        let new = replacing.keys.filter { !found.contains($0) && FileSystem.isMatch($0, pattern, in: folder) }
        guard !new.isEmpty else { return found }
        return (found + new).sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) }
    }

    private func includedFrom() -> String {
        let places = chain.compactMap(\.place).reversed().map { "\($0.file):\($0.line):\($0.column)" }
        return places.isEmpty ? "" : " (included from \(places.joined(separator: ", from ")))"
    }

    // MARK: Nodes

    func expand(_ node: YAMLNode, in file: File, depth: Int) -> OptionValue {
        let place = file.place(node.position)
        valueCount += 1
        guard valueCount <= Self.limits.nodes, depth <= Self.limits.depth else { return tooLarge(at: place) }
        if node.isInvalid {
            failed.insert(place)
            return OptionValue(.null, at: place)
        }
        if let tag = node.tag { return expand(tag, node, at: place, in: file, depth: depth) }
        switch node.content {
        case .scalar(let text, let style): return scalar(text, style, at: place)
        case .sequence(let elements):
            var values: [OptionValue] = []
            values.reserveCapacity(elements.count)
            for element in elements { add(element, to: &values, of: place, in: file, depth: depth + 1) }
            return OptionValue(.list(values), at: place)
        case .mapping(let entries):
            let expanded = entries.map { entry in
                OptionValue.Entry(
                    key: entry.key, keyLocation: file.place(entry.keyPosition),
                    value: expand(entry.value, in: file, depth: depth + 1))
            }
            return OptionValue(.map(merged(expanded)), at: place)
        }
    }

    /// Adds an item of a list; an included list takes the place of its item.
    private func add(
        _ node: YAMLNode, to values: inout [OptionValue], of list: SourceLocation, in file: File, depth: Int
    ) {
        let value = expand(node, in: file, depth: depth)
        if lacksPart(file.place(node.position)) { incomplete.insert(list) }
        if node.tag == .include, case .list(let elements) = value.content {
            values += elements
        } else {
            values.append(value)
        }
    }

    /// Whether the value at a place could not be read, or not all of it.
    func lacksPart(_ place: SourceLocation) -> Bool {
        hasGaps && (failed.contains(place) || incomplete.contains(place))
    }

    /// Whether there is any such value: in a configuration without mistakes nobody need ask for each.
    var hasGaps: Bool { !failed.isEmpty || !incomplete.isEmpty }

    private func scalar(_ text: String, _ style: YAMLNode.ScalarStyle, at place: SourceLocation) -> OptionValue {
        var text = text
        if style == .plain || style == .doubleQuoted {
            do { text = try substitution.fill(text) ?? text } catch { return fail(at: place, error.message) }
        }
        guard style == .plain else { return OptionValue(.string(text), at: place, scalarText: text) }
        return plain(text, at: place)
    }

    /// What an unquoted text means.
    func plain(_ text: String, at place: SourceLocation = SourceLocation(file: "", line: 1, column: 1)) -> OptionValue {
        let content: OptionValue.Content =
            switch CoreSchema.resolve(text) {
            case .null: .null
            case .bool(let truth): .bool(truth)
            case .integer(let number): .integer(number)
            case .number(let number): .number(number)
            case .text: .string(text)
            }
        return OptionValue(content, at: place, scalarText: text)
    }

    private func expand(
        _ tag: YAMLNode.Tag, _ node: YAMLNode, at place: SourceLocation, in file: File, depth: Int
    ) -> OptionValue {
        guard case .scalar(let written, _) = node.content, !written.isEmpty else {
            let example = tag == .include ? "!include rules.yaml" : "!secret api_token"
            return fail(at: place, "'\(tag.rawValue)' needs a name behind it, such as '\(example)'")
        }
        let text: String
        do { text = try substitution.fill(written) ?? written } catch { return fail(at: place, error.message) }
        switch tag {
        case .include: return include(text, at: place, in: file, depth: depth)
        case .secret:
            secrets.insert(place)
            return secret(text, at: place)
        }
    }

    /// With each `<<` replaced by the entries of its maps, as far as the map has no such keys itself.
    private func merged(_ entries: [OptionValue.Entry]) -> [OptionValue.Entry] {
        guard entries.contains(where: { $0.key.isName("<<") }) else { return entries }
        var result = entries.filter { $0.key != "<<" }
        var keys = Set(result.map(\.key))
        for entry in entries where entry.key == "<<" {
            for map in OptionReader.elements(entry.value) {
                guard case .map(let others) = map.content else {
                    if !failed.contains(map.location) {
                        report(at: map.location, "'<<' takes a map or a list of maps, not \(map.kindName)")
                    }
                    continue
                }
                for other in others where keys.insert(other.key).inserted { result.append(other) }
            }
        }
        return result
    }

    private func tooLarge(at place: SourceLocation) -> OptionValue {
        failed.insert(place)
        // Said once: what lies behind it has the same fate.
        if !isTooLarge {
            isTooLarge = true
            report(
                at: place,
                "the configuration has more than \(Self.limits.nodes) values or \(Self.limits.depth) levels, "
                    + "included files counted")
        }
        return OptionValue(.null, at: place)
    }

    private var isTooLarge = false
}
