import Glibc
import WirewatchKit

/// What the standard streams are connected to.
enum Terminal {
    static func isTerminal(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }

    /// Colour only on a terminal, and not when NO_COLOR is set and not empty (https://no-color.org) or the terminal is
    /// `dumb`.
    static func text(for descriptor: Int32) -> TerminalText {
        let refused = Environment.variable("NO_COLOR") != nil || Environment.variable("TERM") == "dumb"
        return TerminalText(colored: isTerminal(descriptor) && !refused)
    }

    /// Whether the descriptor is a pipe or socket whose other end is closed, or a terminal that is gone, so that nobody
    /// will read what is written.
    static func isAbandoned(_ descriptor: Int32) -> Bool {
        var poller = pollfd(fd: descriptor, events: 0, revents: 0)
        return poll(&poller, 1, 0) == 1 && poller.revents & Int16(POLLERR | POLLHUP) != 0
    }
}

/// The process's environment.
enum Environment {
    /// The value of a variable; nil when it is unset or empty.
    static func variable(_ name: String) -> String? {
        guard let value = getenv(name), value.pointee != 0 else { return nil }
        return String(cString: value)
    }

    /// All variables.
    static var all: [String: String] {
        var variables: [String: String] = [:]
        var next = environ
        // environ ends with a null pointer; nothing in this program changes the environment.
        while let entry = next.pointee {
            let text = String(cString: entry)
            if let equals = text.firstIndex(of: "=") {
                variables[String(text[..<equals])] = String(text[text.index(after: equals)...])
            }
            next += 1
        }
        return variables
    }

    /// Whether systemd started this process as a service.
    static var isUnderSystemd: Bool {
        variable("NOTIFY_SOCKET") != nil || variable("JOURNAL_STREAM") != nil
            || variable("INVOCATION_ID") != nil
    }
}
