public import WirewatchKit

/// How long a reply stays fresh, as far as a poller needs to know (RFC 9111).
public struct Freshness: Sendable, Hashable {
    /// From the reply's arrival on; zero when it is stale at once, nil when the server says nothing. At most a year.
    public var lifetime: Duration?
    /// `Cache-Control: no-store`.
    public var forbidsStoring = false
    /// `no-cache` (in `Cache-Control`, or `Pragma` where there is none): ask again each time.
    public var mustRevalidate = false

    /// Reads `Cache-Control`, `Expires`, `Date` and `Age`. `s-maxage` is for shared caches, which a poller is not.
    /// - Parameter now: when the reply came.
    public init(_ headers: HTTPHeaders, now: Timestamp) {
        let control = headers.all("cache-control")
        var maxAge: Int64?
        for directive in CacheDirectives(control).list {
            switch directive.name {
            case "max-age":
                // Of two the first counts; one that is no number is stale (RFC 9111, 4.2.1).
                if maxAge == nil { maxAge = Self.seconds(directive.value) ?? 0 }
            case "no-store": forbidsStoring = true
            // With field names it concerns only those fields.
            case "no-cache" where directive.value.isEmpty: mustRevalidate = true
            default: break
            }
        }
        if control.isEmpty, headers["pragma"]?.lowercased() == "no-cache" { mustRevalidate = true }
        // A proxy that holds a reply for long says so; a broken Age is none.
        let age = headers["age"].flatMap(Self.seconds) ?? 0
        if let maxAge {
            lifetime = Self.bounded(maxAge - age)
        } else if let text = headers["expires"] {
            // An Expires that is no date, 0 above all, means stale (RFC 9111, 5.3).
            let date = headers["date"].flatMap { HTTPDate.parse($0, now: now) } ?? now
            lifetime =
                HTTPDate.parse(text, now: now).map { Self.bounded(($0 - date).components.seconds - age) } ?? .zero
        }
        if mustRevalidate { lifetime = .zero }
    }

    private static func bounded(_ seconds: Int64) -> Duration { .seconds(min(max(0, seconds), 365 * 86_400)) }

    /// Whole seconds; a number too large to count with is the largest (RFC 9111, 1.2.2).
    private static func seconds(_ text: String) -> Int64? {
        guard !text.isEmpty, text.utf8.allSatisfy({ $0 &- 0x30 < 10 }) else { return nil }
        return min(Int64(text) ?? .max, 1 << 31)
    }
}

/// The comma-separated directives of a field, names in lower case, quotes taken off values.
struct CacheDirectives {
    private(set) var list: [(name: String, value: String)] = []

    init(_ fields: [String]) {
        for field in fields {
            var name: [UInt8] = []
            var value: [UInt8] = []
            var inValue = false
            var quoted = false
            var escaped = false
            for byte in field.utf8 {
                if quoted {
                    if escaped {
                        value.append(byte)
                        escaped = false
                    } else if byte == UInt8(ascii: "\\") {
                        escaped = true
                    } else if byte == UInt8(ascii: "\"") {
                        quoted = false
                    } else {
                        value.append(byte)
                    }
                    continue
                }
                switch byte {
                case UInt8(ascii: ","):
                    add(name, value)
                    name = []
                    value = []
                    inValue = false
                case UInt8(ascii: "="): inValue = true
                case UInt8(ascii: "\"") where inValue: quoted = true
                case 0x20, 0x09: break
                default:
                    if inValue { value.append(byte) } else { name.append(lowercased(byte)) }
                }
            }
            add(name, value)
        }
    }

    private mutating func add(_ name: [UInt8], _ value: [UInt8]) {
        guard !name.isEmpty else { return }
        list.append((String(decoding: name, as: UTF8.self), String(decoding: value, as: UTF8.self)))
    }
}
