import ArgumentParser
import Glibc
import WirewatchKit

/// `wirewatch init`: a configuration to start from.
struct InitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Write a commented config.yaml to start from, and the folder that it watches.",
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
        let path = folder + "/config.yaml"
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else {
            let reason = errno == EEXIST ? "it is there already" : errorText(errno)
            throw Failure(.cannotCreate, "cannot write \(path): \(reason)")
        }
        defer { close(descriptor) }
        if let error = StandardOutput.writeAll(Array(StarterConfiguration.text.utf8), to: descriptor) {
            unlink(path)
            throw Failure(.ioError, "cannot write \(path): \(errorText(error))")
        }
        let enter = folder == "." ? "" : "cd \(folder) && "
        try StandardOutput.write(
            "wrote \(path); put articles into \(folder)/inbox, and start with: \(enter)wirewatch run\n")
    }
}
