import WirewatchKit

/// Results of tests in the XML that build servers read (JUnit's, as Jenkins and GitLab take it).
struct JUnitReport {
    private var cases = ""
    private var count = 0
    private var failures = 0
    private var time = Duration.zero

    mutating func add(_ test: ConfiguredTest, fault: String?, time: Duration) {
        count += 1
        self.time += time
        let name = Self.escaped(test.name.isEmpty ? "line \(test.location.line)" : test.name)
        cases +=
            "    <testcase classname=\"\(Self.escaped(test.subject))\" name=\"\(name)\" time=\"\(Self.seconds(time))\""
        guard let fault else {
            cases += "/>\n"
            return
        }
        failures += 1
        let place = Self.escaped("\(test.location.file):\(test.location.line)")
        cases += ">\n      <failure message=\"\(Self.escaped(fault))\">\(place)</failure>\n    </testcase>\n"
    }

    var xml: String {
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <testsuites>
          <testsuite name="wirewatch" tests="\(count)" failures="\(failures)" errors="0" time="\(Self.seconds(time))">
        \(cases)  </testsuite>
        </testsuites>

        """
    }

    private static func seconds(_ time: Duration) -> String {
        let thousandths = String(time.milliseconds % 1000)
        return "\(time.milliseconds / 1000)." + String(repeating: "0", count: 3 - thousandths.count) + thousandths
    }

    /// Characters that XML 1.0 does not allow become U+FFFD.
    private static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "\n", "\r", "\t": result += "&#\(scalar.value);"
            case "\u{0}"..."\u{1F}", "\u{FFFE}", "\u{FFFF}": result += "\u{FFFD}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
