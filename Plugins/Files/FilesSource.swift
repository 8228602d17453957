import Glibc
import WirewatchKit

/// Watches a folder or a file, and yields each article in it once.
struct FilesSource: Source {
    let options: FilesOptions
    let context: SourceContext

    init(_ options: FilesOptions, _ context: SourceContext) {
        self.options = options
        self.context = context
    }

    func run(_ output: any SourceOutput) async throws {
        let intake = try FileIntake(options, context, output)
        var isWaiting = false
        while true {
            try Task.checkCancellation()
            guard let target = WatchTarget(options.path) else {
                let message = "'path' does not exist: create \(options.path), or correct the configuration"
                if context.drain { throw SourceError.stopped(message) }
                if !isWaiting { context.log.warning("\(message); it is waited for") }
                isWaiting = true
                try await Task.sleep(for: .seconds(1))
                continue
            }
            if isWaiting { context.log.notice("the path is there now", metadata: ["path": "\(options.path)"]) }
            isWaiting = false
            intake.root = target.folder
            intake.only = target.file
            do {
                try await WatchSession(target, intake).run()
            } catch let error as SystemError {
                guard error.isGone, !context.drain else { throw Self.advice(error, target.folder) }
            }
            if context.drain { return }
            isWaiting = true
            context.log.warning(
                "the watched folder was deleted or moved away; it is waited for", metadata: ["path": "\(target.folder)"]
            )
        }
    }

    /// Says what to do about what keeps the source from working at all.
    private static func advice(_ error: SystemError, _ folder: String) -> SourceError {
        if error.call == "inotify_init1", error.isExhausted {
            return .retry(
                after: .seconds(30),
                "the kernel allows no more change notices (\(error)); raise fs.inotify.max_user_instances with sysctl")
        }
        if error.isDenied {
            return .retry(
                after: .seconds(10),
                "cannot list \(folder) (\(error)); give the daemon's user read and execute permission")
        }
        return .retry(after: .seconds(5), "cannot list \(folder) (\(error))")
    }
}

/// What `path` stands for now: a folder, or one file by way of its folder.
struct WatchTarget {
    var folder: String
    var file: String?

    /// Nil when nothing is there.
    init?(_ path: String) {
        guard let status = try? FileStatus(path: path.isEmpty ? "." : path) else { return nil }
        var path = Self.absolute(path)
        while path.utf8.count > 1, path.utf8.last == UInt8(ascii: "/") { path.removeLast() }
        if status.isFolder {
            folder = path
        } else {
            folder = FileSelection.folder(path)
            if folder.isEmpty { folder = "/" }
            file = FileSelection.name(path)
        }
    }
}

extension WatchTarget {
    private static func absolute(_ path: String) -> String {
        if path.utf8.first == UInt8(ascii: "/") { return path }
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
        let here =
            getcwd(&buffer, buffer.count) == nil
            ? "" : String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init), as: UTF8.self)
        return path == "." || path.isEmpty ? here : here + "/" + path
    }
}
