import WirewatchKit

extension Expander {
    /// The value of `!include PATTERN`, relative to the including file.
    func include(_ pattern: String, at place: SourceLocation, in file: File, depth: Int) -> OptionValue {
        let folder = FilePath.folder(of: file.path)
        guard FileSystem.isGlob(pattern) else {
            do {
                let path = FilePath.absolute(pattern, in: folder)
                if let value = try expand(fileAt: path, from: place, depth: depth) { return value }
                if !failed.contains(place) {
                    report(.warning, at: place, "the included file '\(pattern)' is empty")
                }
                return OptionValue(.null, at: place)
            } catch { return fail(at: place, "cannot include '\(pattern)': \(error.reason)") }
        }
        let paths = matches(pattern, in: folder)
        if paths.isEmpty { report(.warning, at: place, "no file matches '!include \(pattern)'") }
        var parts: [OptionValue] = []
        for path in paths {
            do {
                guard let value = try expand(fileAt: path, from: place, depth: depth) else { continue }
                parts.append(value)
            } catch {
                report(at: place, "cannot include '\(FilePath.shown(path, in: folder))': \(error.reason)")
                markIncomplete(place)
            }
        }
        return joined(parts.filter { !$0.isNull }, at: place)
    }

    /// Lists one after the other, or the entries of maps.
    private func joined(_ parts: [OptionValue], at place: SourceLocation) -> OptionValue {
        guard let first = parts.first else { return OptionValue(.null, at: place) }
        if parts.count == 1 {
            return lacksPart(place) ? OptionValue(first.content, at: place) : first
        }
        var elements: [OptionValue] = []
        var entries: [OptionValue.Entry] = []
        var places: [String: SourceLocation] = [:]
        for part in parts {
            switch (first.content, part.content) {
            case (.list, .list(let more)): elements += more
            case (.map, .map(let more)):
                for entry in more {
                    if let earlier = places[entry.key] {
                        report(
                            at: entry.keyLocation,
                            "duplicate key '\(entry.key)' in files joined by one '!include', first at "
                                + "\(earlier.file):\(earlier.line):\(earlier.column); remove one of them")
                        continue
                    }
                    places[entry.key] = entry.keyLocation
                    entries.append(entry)
                }
            default:
                report(
                    at: part.location,
                    "this file holds \(part.kindName), but \(first.location.file), which the same '!include' "
                        + "joins it with, holds \(first.kindName); all must be lists or all maps")
                markIncomplete(place)
            }
        }
        if case .list = first.content { return OptionValue(.list(elements), at: place) }
        return OptionValue(.map(entries), at: place)
    }
}
