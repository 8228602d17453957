internal import WirewatchKit
internal import WirewatchText

/// Reads `watchlist`, `extend` and `ignore` into one list, reporting every mistake at its place.
struct WatchlistReader {
    private(set) var entries: [EntitiesOptions.Entry] = []
    private var numbers: [String: Int] = [:]
    private var places: [String: SourceLocation] = [:]
    /// For each name that needs no condition, who has it.
    private var owners: [Term: (entry: String, place: SourceLocation)] = [:]

    init(_ options: OptionReader) {
        for value in options.list("watchlist") {
            guard let reader = options.reader(of: value, EntitiesOptions.entryGroup) else { continue }
            add(reader)
        }
        var seen: Set<String> = []
        for value in options.list("extend") {
            guard let reader = options.reader(of: value, EntitiesOptions.extensionGroup),
                let id = reader.string("id")
            else { continue }
            if !seen.insert(id).inserted {
                reader.report("'\(id)' is extended twice; put both into one entry", at: reader.location("id"))
            } else if let number = numbers[id] {
                extend(number, reader)
            } else {
                add(reader)
            }
        }
        ignore(options)
    }

    private mutating func ignore(_ options: OptionReader) {
        for value in options.list("ignore") {
            guard let id = OptionReader.text(value) else { continue }
            guard numbers[id] != nil else {
                options.report(
                    "'ignore' names '\(id)', which the watchlist does not have\(suggestion(for: id))",
                    at: value.location)
                continue
            }
            entries.removeAll { $0.id == id }
        }
    }

    private mutating func add(_ reader: OptionReader) {
        guard let id = reader.string("id") else { return }
        if let slug = Slug.correction(of: id) {
            reader.report(
                "the id '\(id)' must be of small letters and digits, joined by hyphens\(slug.isEmpty ? "" : ", such as '\(slug)'")",
                at: reader.location("id"))
        }
        if let first = places.updateValue(reader.location("id"), forKey: id) {
            reader.report(
                "the entity '\(id)' is defined already \(Self.place(first, from: reader.location("id"))); give one of them "
                    + "another id, or put both into one", at: reader.location("id"))
            return
        }
        guard let name = reader.string("name"), let type = reader.string("type").flatMap(EntityType.init) else {
            // Reported by the check of the specs, where they say that it is needed.
            let missing = ["name", "type"].filter { reader.raw($0) == nil }.map { "a '\($0)'" }
            if !missing.isEmpty {
                reader.report(
                    "a new entity such as '\(id)' needs \(missing.joined(separator: " and "))\(suggestion(for: id))",
                    at: reader.location("id"))
            }
            return
        }
        var entry = EntitiesOptions.Entry(id: id, name: name, type: type)
        let aliases = aliases(of: id, reader)
        if !aliases.contains(where: { $0.text == name }) {
            if let problem = Term(name).problem {
                reader.report("the name '\(name)' of '\(id)' \(problem)", at: reader.location("name"))
            } else {
                own(EntitiesOptions.Alias(text: name), id, reader, at: reader.location("name"))
                entry.aliases.append(EntitiesOptions.Alias(text: name))
            }
        }
        entry.aliases += aliases
        entry.short = terms("short", of: id, reader)
        entry.except = terms("except", of: id, reader)
        numbers[id] = entries.count
        entries.append(entry)
    }

    private mutating func extend(_ number: Int, _ reader: OptionReader) {
        let id = entries[number].id
        if let name = reader.string("name") { entries[number].name = name }
        if let type = reader.string("type").flatMap(EntityType.init) { entries[number].type = type }
        let added = aliases(of: id, reader)
        // What is said anew of a name replaces what was said before.
        entries[number].aliases.removeAll { old in added.contains { $0.text == old.text } }
        entries[number].aliases += added
        entries[number].short += terms("short", of: id, reader)
        entries[number].except += terms("except", of: id, reader)
    }

    // MARK: Names

    private mutating func aliases(of id: String, _ reader: OptionReader) -> [EntitiesOptions.Alias] {
        var aliases: [EntitiesOptions.Alias] = []
        for value in reader.list("aliases") {
            var alias: EntitiesOptions.Alias
            var place = value.location
            if let group = reader.reader(of: value, EntitiesOptions.aliasGroup) {
                guard let text = group.string("alias") else { continue }
                place = group.location("alias")
                alias = EntitiesOptions.Alias(text: text)
                switch group.string("case") {
                case "exact": alias.letters = .exact
                case "any": alias.letters = .any
                default: break
                }
                alias.condition = condition(of: alias, group)
            } else if let text = OptionReader.text(value) {
                alias = EntitiesOptions.Alias(text: text)
            } else {
                continue
            }
            if let problem = Term(alias.text).problem {
                reader.report("the alias '\(alias.text)' of '\(id)' \(problem)", at: place)
            } else if aliases.contains(where: { $0.text == alias.text }) {
                reader.report("'\(id)' has the alias '\(alias.text)' twice; remove one", at: place)
            } else {
                own(alias, id, reader, at: place)
                aliases.append(alias)
            }
        }
        return aliases
    }

    /// A name that two entities have without conditions could never be told apart.
    private mutating func own(
        _ alias: EntitiesOptions.Alias, _ id: String, _ reader: OptionReader, at place: SourceLocation
    ) {
        guard alias.condition == nil else { return }
        let term = Term(alias.text, isCaseSensitive: alias.letters == .exact)
        if let other = owners[term], other.entry != id {
            reader.report(
                "the alias '\(alias.text)' belongs to '\(other.entry)' already (\(Self.place(other.place, from: place))), so "
                    + "that neither would ever be found by it; say with 'with' or 'not_with' when it means which",
                at: place)
        }
        owners[term] = (id, place)
    }

    private func terms(_ name: String, of id: String, _ reader: OptionReader) -> [String] {
        reader.list(name).compactMap { value in
            guard let text = OptionReader.text(value) else { return nil }
            if let problem = Term(text).problem {
                reader.report("the '\(name)' term '\(text)' of '\(id)' \(problem)", at: value.location)
                return nil
            }
            return text
        }
    }

    // MARK: Conditions

    private func condition(of alias: EntitiesOptions.Alias, _ group: OptionReader) -> EntitiesOptions.Condition? {
        var condition = EntitiesOptions.Condition()
        for name in ["with", "not_with"] {
            for value in group.list(name) {
                guard let text = OptionReader.text(value) else { continue }
                if let problem = Term(text).problem {
                    group.report("the '\(name)' term '\(text)' \(problem)", at: value.location)
                } else if Words.normalized(text) == Words.normalized(alias.text) {
                    group.report("'\(name)' of the alias '\(alias.text)' names the alias itself", at: value.location)
                } else if name == "with" {
                    condition.with.append(text)
                } else {
                    condition.notWith.append(text)
                }
            }
        }
        let isEmpty = condition.with.isEmpty && condition.notWith.isEmpty
        if let text = group.raw("within").flatMap(OptionReader.text) {
            if group.raw("with") == nil, group.raw("not_with") == nil {
                group.report(
                    "'within' of the alias '\(alias.text)' has no words to look for; add 'with' or 'not_with'",
                    at: group.location("within"))
            }
            if let scope = Self.scope(text) {
                condition.scope = scope
            } else {
                group.report(
                    "'within' is '\(text)'; write 'article', 'sentence', or a number of words such as '12 words'",
                    at: group.location("within"))
            }
        }
        return isEmpty ? nil : condition
    }

    private static func scope(_ text: String) -> EntitiesOptions.Condition.Scope? {
        switch text {
        case "article": return .article
        case "sentence": return .sentence
        default:
            let parts = text.split(separator: " ")
            guard let first = parts.first, let count = Int(first), (1...1000).contains(count),
                parts.count == 1 || parts.count == 2 && (parts[1] == "words" || parts[1] == "word")
            else { return nil }
            return .words(count)
        }
    }

    private static func place(_ place: SourceLocation, from other: SourceLocation) -> String {
        place.file == other.file ? "in line \(place.line)" : "at \(place.file):\(place.line)"
    }

    private func suggestion(for id: String) -> String { Spelling.hint(id, among: numbers.keys.sorted()) }
}
