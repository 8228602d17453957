internal import Glibc
internal import WirewatchLearning

/// Why a model cannot be used, with what to do.
struct ModelProblem: Error, CustomStringConvertible {
    let description: String

    init(_ file: String, _ problem: String) { description = "model \(file): \(problem)" }

    init(file: String, foreign: [String]) {
        let names = foreign.prefix(5).map { "'\($0)'" }.joined(separator: ", ") + (foreign.count > 5 ? " ..." : "")
        self.init(
            file,
            "it was trained beside topics that 'topics' does not have: \(names); train it anew with this configuration")
    }
}

/// Reads a model's file.
enum ModelReading {
    /// A larger file is no model of ours: 20,000 words and 500 topics make 60 MiB.
    private static let largest = 256 << 20

    static func model(_ path: String) throws(ModelProblem) -> TopicModel {
        let bytes = try bytes(path)
        do {
            return try TopicModel(file: bytes)
        } catch {
            throw ModelProblem(path, "\(error)")
        }
    }

    private static func bytes(_ path: String) throws(ModelProblem) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            let reason = String(cString: strerror(errno))
            throw ModelProblem(path, "cannot be opened (\(reason)); `wirewatch train` makes one")
        }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 20)
        while true {
            let count = read(descriptor, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else {
                throw ModelProblem(path, "cannot be read (\(String(cString: strerror(errno))))")
            }
            if count == 0 { return bytes }
            bytes += chunk[..<count]
            guard bytes.count <= largest else { throw ModelProblem(path, "larger than \(largest >> 20) MiB") }
        }
    }
}
