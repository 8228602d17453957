import WirewatchKit

extension Expander {
    /// The value of `!secret NAME`: from the service manager's credentials, or from `secrets/` beside the main file.
    func secret(_ name: String, at place: SourceLocation) -> OptionValue {
        guard !name.contains("/"), name != ".", name != ".." else {
            return fail(at: place, "a secret is named by the plain name of its file, without '/'")
        }
        var folders = [FilePath.absolute("secrets", in: mainFolder)]
        if let credentials = environment["CREDENTIALS_DIRECTORY"], !credentials.isEmpty {
            folders.insert(credentials, at: 0)
        }
        let paths = folders.map { FilePath.absolute(name, in: $0) }
        guard let path = paths.first(where: FileSystem.exists) else {
            return fail(
                at: place,
                "there is no secret '\(name)'; put it into the file 'secrets/\(name)' beside the configuration, "
                    + "or pass it as a systemd credential")
        }
        do {
            let file = try FileSystem.read(path, limit: 1 << 20)
            noteFile(path)
            if file.isPublic {
                report(
                    .warning, at: place,
                    "every user of this machine can read the secret '\(name)'; run: chmod 600 secrets/\(name)")
            }
            guard let text = String(validating: file.bytes, as: UTF8.self) else {
                return fail(at: place, "the secret '\(name)' is not UTF-8 text")
            }
            let value = text.hasSuffix("\r\n") || text.hasSuffix("\n") ? String(text.dropLast()) : text
            return OptionValue(.string(value), at: place, scalarText: value)
        } catch { return fail(at: place, "cannot read the secret '\(name)': \(error.reason)") }
    }
}
