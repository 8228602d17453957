import WirewatchKit
import WirewatchYAML

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// A change to the list of sources: to one file of a configuration, worked out and not made yet.
///
/// The list may stand in the main file, in a file that it includes, or in several by a pattern, to which a new file is then
/// added. Comments, order and every other byte stay.
public struct ConfigurationEdit: Sendable {
    /// The file to change, or to make; with links followed.
    public let path: String
    public let text: [UInt8]
    /// The file as it was read; nil for a new one.
    let before: FileState?
    /// Whose owner and mode a new file takes.
    let model: String

    /// Whether the file is not there yet.
    public var isNewFile: Bool { before == nil }

    // MARK: Working out

    /// Puts entries behind the last source.
    ///
    /// - Parameters:
    ///   - main: the configuration's main file.
    ///   - newFileName: what a new file is to be called where sources are included by a pattern, without ending.
    ///   - environment: for variables in the paths of includes.
    public static func adding(
        _ entries: [SourceEntry], to main: String, newFileName: String, environment: [String: String]
    ) throws(EditError) -> ConfigurationEdit {
        let substitution = VariableSubstitution(environment: environment)
        let start = FileSystem.identity(FilePath.absolute(main, in: FileSystem.currentFolder))
        var path = start
        var key: String? = "sources"
        // An include may lead to an include.
        for _ in 0..<8 {
            let state = try FileState(path)
            let shown = path
            do {
                let list = try SourceListText(state.bytes)
                guard case .include(let written) = try list.target(key) else {
                    let text = try list.adding(entries, key: key)
                    return ConfigurationEdit(path: path, text: text, before: state, model: path)
                }
                let folder = FilePath.folder(of: path)
                guard let pattern = try? substitution.fill(written) ?? written else {
                    throw EditError("'!include \(written)' names a variable that is not set")
                }
                if FileSystem.isGlob(pattern) {
                    let new = try newFile(pattern, in: folder, name: newFileName)
                    let text = try SourceListText([]).adding(entries, key: nil)
                    return ConfigurationEdit(path: new, text: text, before: nil, model: path)
                }
                path = FileSystem.identity(FilePath.absolute(pattern, in: folder))
                key = nil
            } catch {
                throw EditError("cannot edit \(shown): \(error); change it by hand")
            }
        }
        throw EditError("cannot edit \(start): its sources are included through too many files; change it by hand")
    }

    /// Takes away the source that a component was read from.
    public static func removing(
        _ component: Component, from configuration: Configuration
    ) throws(EditError)
        -> ConfigurationEdit
    {
        let current = FileSystem.currentFolder
        let place = component.location
        guard let file = configuration.files.first(where: { FilePath.shown($0, in: current) == place.file }) else {
            throw EditError("the file \(place.file), which holds '\(component.name)', cannot be found")
        }
        let path = FileSystem.identity(file)
        let state = try FileState(path)
        let list: SourceListText
        do { list = try SourceListText(state.bytes) } catch { throw EditError("cannot edit \(path): \(error)") }
        guard let text = list.removing(itemAt: YAMLPosition(line: place.line, column: place.column)) else {
            throw EditError(
                "cannot edit \(path): '\(component.name)' is no entry of its own there (line \(place.line)); change it by hand"
            )
        }
        return ConfigurationEdit(path: path, text: text, before: state, model: path)
    }

    /// A free name that a pattern matches: its one star, replaced.
    private static func newFile(_ pattern: String, in folder: String, name: String) throws(EditError) -> String {
        let full = FilePath.absolute(pattern, in: folder)
        let parent = FilePath.folder(of: full)
        let last = String(full.dropFirst(parent.utf8.count + (parent == "/" ? 0 : 1)))
        let parts = last.split(separator: "*", omittingEmptySubsequences: false)
        guard !FileSystem.isGlob(parent), parts.count == 2, !last.contains("?"), !last.contains("[") else {
            throw EditError("no name for a new file can be made from '!include \(pattern)'")
        }
        let realParent = FileSystem.identity(parent)
        guard FileSystem.exists(realParent) else {
            throw EditError("the folder \(parent) of '!include \(pattern)' is not there; make it")
        }
        for number in 1...10_000 {
            let stem = number == 1 ? name : "\(name)-\(number)"
            let path = (realParent == "/" ? "" : realParent) + "/" + parts[0] + stem + parts[1]
            if !FileSystem.exists(path) { return path }
        }
        throw EditError("no free name is left in \(parent)")
    }

    // MARK: Making

    /// What the configuration would be, and what would be wrong with it.
    public func check(
        main: String, environment: [String: String], registry: PluginRegistry
    ) -> LoadResult {
        Configuration.load(path: main, environment: environment, registry: registry, replacing: [path: text])
    }

    /// Makes the change at once and durably; owner and mode stay.
    ///
    /// - Throws: ``EditError`` when the file has changed since it was read, or cannot be written. Nothing has changed then.
    public func write() throws(EditError) {
        let state: FileState = if let before { before } else { try FileState(model) }
        let temporary = "\(FilePath.folder(of: path))/.\(path.split(separator: "/").last ?? "").\(getpid()).new"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw Self.failure("cannot make a file in the folder of \(path)") }
        var isDone = false
        defer {
            close(descriptor)
            if !isDone { unlink(temporary) }
        }
        if state.owner != geteuid() || state.group != getegid() {
            guard fchown(descriptor, state.owner, state.group) == 0 else {
                throw Self.failure("cannot keep the owner of \(path)")
            }
        }
        guard fchmod(descriptor, state.mode) == 0 else { throw Self.failure("cannot keep the mode of \(path)") }
        guard FileState.write(text, to: descriptor), fsync(descriptor) == 0 else {
            throw Self.failure("cannot write beside \(path)")
        }
        if let before {
            guard try before.isSame(as: FileState(path)) else {
                throw EditError(
                    "\(path) has been changed by somebody else in the meantime; nothing was done, try again")
            }
            guard rename(temporary, path) == 0 else { throw Self.failure("cannot replace \(path)") }
        } else {
            // A new file replaces none.
            guard link(temporary, path) == 0 else { throw Self.failure("cannot make \(path)") }
            unlink(temporary)
        }
        isDone = true
        FileState.syncFolder(of: path)
    }

    private static func failure(_ what: String) -> EditError {
        EditError("\(what): \(String(cString: strerror(errno)))")
    }
}
