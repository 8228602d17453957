import WirewatchConfig
import WirewatchKit

/// A change to the sources of a configuration file, under the lock that keeps others from changing it at the same time.
struct SourcesChange {
    private let main: String
    private let lock: EditLock
    let configuration: Configuration

    /// Waits for the lock, then loads the configuration.
    ///
    /// - Throws: ``Failure`` with code 78 when the configuration has mistakes as it is.
    init(_ file: ConfigurationFile) throws {
        main = try file.resolved()
        do { lock = try EditLock(main: main) } catch { throw Failure(.noInput, error.description) }
        configuration = try file.load(showingDoubts: false)
    }

    /// Adds entries behind the last source. Returns the file that was changed.
    func add(_ entries: [SourceEntry], newFileName: String) throws -> String {
        let edit: ConfigurationEdit
        do {
            edit = try ConfigurationEdit.adding(
                entries, to: main, newFileName: newFileName, environment: Environment.all)
        } catch { throw Failure(.dataError, error.description) }
        return try make(edit, expecting: configuration.sources.map(\.name) + entries.map(\.name))
    }

    /// Removes a source. Returns the file that was changed.
    func remove(_ component: Component) throws -> String {
        let edit: ConfigurationEdit
        do { edit = try ConfigurationEdit.removing(component, from: configuration) } catch {
            throw Failure(.dataError, error.description)
        }
        return try make(edit, expecting: configuration.sources.map(\.name).filter { $0 != component.name })
    }

    /// Checks the configuration as it would be, and makes the change if it is right and says what it should.
    private func make(_ edit: ConfigurationEdit, expecting names: [String]) throws -> String {
        var result = edit.check(
            main: main, environment: Environment.all, registry: PluginRegistry(Wirewatch.plugins))
        guard let changed = result.configuration else {
            result.diagnostics.removeAll { $0.severity == .warning }
            ConfigurationFile.report(result)
            throw Failure(.configuration, "the configuration would have mistakes; nothing was changed")
        }
        guard changed.sources.map(\.name).sorted() == names.sorted() else {
            throw Failure(
                .dataError, "cannot edit \(edit.path): its sources are written in an unusual way; change it by hand")
        }
        do { try edit.write() } catch { throw Failure(.cannotCreate, error.description) }
        return edit.path
    }
}
