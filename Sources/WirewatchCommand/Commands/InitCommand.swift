import ArgumentParser
import Glibc
import WirewatchKit

/// `wirewatch init`: a configuration to start from.
struct InitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Write a commented config.yaml and rules.yaml to start from, and the folder that they watch.",
        discussion: """
            Nothing that is there is overwritten.

            EXAMPLE
              wirewatch init my-watch && cd my-watch && wirewatch run
            """)

    @Argument(help: "The folder; made when it is not there.", completion: .directory)
    var folder = "."

    func run() throws {
        for path in [folder, folder + "/inbox"] where mkdir(path, 0o777) != 0 && errno != EEXIST {
            throw Failure(.cannotCreate, "cannot make the folder \(path): \(errorText(errno))")
        }
        // All or none: a file that is there already is found before another is written.
        for (name, _) in StarterConfiguration.files where access("\(folder)/\(name)", F_OK) == 0 {
            throw Failure(.cannotCreate, "cannot write \(folder)/\(name): it is there already")
        }
        for (name, text) in StarterConfiguration.files { try write(text, to: "\(folder)/\(name)") }
        let enter = folder == "." ? "" : "cd \(folder) && "
        try StandardOutput.write(
            "wrote config.yaml and rules.yaml; put articles into \(folder)/inbox, and start with: \(enter)wirewatch run\n"
        )
    }

    private func write(_ text: String, to path: String) throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { throw Failure(.cannotCreate, "cannot write \(path): \(errorText(errno))") }
        defer { close(descriptor) }
        if let error = StandardOutput.writeAll(Array(text.utf8), to: descriptor) {
            unlink(path)
            throw Failure(.ioError, "cannot write \(path): \(errorText(error))")
        }
    }
}
