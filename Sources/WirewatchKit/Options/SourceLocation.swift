internal import Synchronization

/// A place in a configuration file; line and column count from 1, columns in characters as an editor counts them.
///
/// Each value and key of a configuration has one, hundreds of thousands of them: it is three numbers, nothing to be counted
/// when it is copied.
public struct SourceLocation: Sendable, Hashable {
    private var fileNumber: UInt32
    private var lineNumber: UInt32
    private var columnNumber: UInt32

    public init(file: String, line: Int, column: Int) {
        fileNumber = FileNames.number(of: file)
        lineNumber = UInt32(clamping: line)
        columnNumber = UInt32(clamping: column)
    }

    public var file: String { FileNames.name(fileNumber) }
    public var line: Int { Int(lineNumber) }
    public var column: Int { Int(columnNumber) }

    /// Another place of the same file.
    package func at(line: Int, column: Int) -> SourceLocation {
        var place = self
        place.lineNumber = UInt32(clamping: line)
        place.columnNumber = UInt32(clamping: column)
        return place
    }
}

/// The names of files that places were named after, kept for good: there are as many as files that were ever included.
private enum FileNames {
    private struct Table {
        var names: [String] = []
        var numbers: [String: UInt32] = [:]
    }

    private static let table = Mutex(Table())

    static func number(of name: String) -> UInt32 {
        table.withLock { table in
            if let number = table.numbers[name] { return number }
            let number = UInt32(table.names.count)
            table.names.append(name)
            table.numbers[name] = number
            return number
        }
    }

    static func name(_ number: UInt32) -> String { table.withLock { $0.names[Int(number)] } }
}

/// A mistake or a doubt found in the configuration.
public struct Diagnostic: Sendable, Hashable {
    public enum Severity: String, Sendable, Hashable { case error, warning }

    public var severity: Severity
    public var location: SourceLocation?
    /// What is wrong and what to do, without a final stop: `unknown option 'treshold' in stage 'alert'; did you mean
    /// 'threshold'?`
    public var message: String

    public init(_ severity: Severity = .error, at location: SourceLocation?, _ message: String) {
        self.severity = severity
        self.location = location
        self.message = message
    }
}
