public import WirewatchKit

extension OPML {
    /// The list as OPML 2.0, UTF-8: feeds without a folder first, then the folders in the order of their first feeds.
    ///
    /// - Parameter created: what `dateCreated` says.
    public func written(created: Timestamp) -> [UInt8] {
        var root = Folder()
        for (index, feed) in feeds.enumerated() {
            root.add(index, below: feed.folders.prefix(OPMLFeed.maxFolders))
        }
        var out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml version=\"2.0\">\n  <head>\n"
        out += "    <title>\(Self.escaped(title))</title>\n"
        out += "    <dateCreated>\(Self.date(created))</dateCreated>\n  </head>\n  <body>\n"
        write(root, indent: "    ", to: &out)
        out += "  </body>\n</opml>\n"
        return Array(out.utf8)
    }

    private struct Folder {
        var feeds: [Int] = []
        var names: [String] = []
        var folders: [String: Folder] = [:]

        /// As deep as ``OPMLFeed/maxFolders``.
        mutating func add(_ feed: Int, below path: ArraySlice<String>) {
            guard let first = path.first else {
                feeds.append(feed)
                return
            }
            if folders[first] == nil { names.append(first) }
            folders[first, default: Folder()].add(feed, below: path.dropFirst())
        }
    }

    private func write(_ folder: Folder, indent: String, to out: inout String) {
        for index in folder.feeds {
            let feed = feeds[index]
            let title = Self.escaped(feed.title.isEmpty ? feed.url : feed.title)
            out += "\(indent)<outline type=\"rss\" text=\"\(title)\" title=\"\(title)\""
            out += " xmlUrl=\"\(Self.escaped(feed.url))\""
            for (name, value) in [
                ("htmlUrl", feed.page), ("description", feed.description), ("language", feed.language),
            ] {
                if let value { out += " \(name)=\"\(Self.escaped(value))\"" }
            }
            out += "/>\n"
        }
        for name in folder.names {
            let text = Self.escaped(name)
            out += "\(indent)<outline text=\"\(text)\" title=\"\(text)\">\n"
            if let inner = folder.folders[name] { write(inner, indent: indent + "  ", to: &out) }
            out += "\(indent)</outline>\n"
        }
    }

    /// As an attribute's value or text; what XML 1.0 cannot hold is left out.
    private static func escaped(_ text: String) -> String {
        var out = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": out.append(contentsOf: "&amp;".unicodeScalars)
            case "<": out.append(contentsOf: "&lt;".unicodeScalars)
            case ">": out.append(contentsOf: "&gt;".unicodeScalars)
            case "\"": out.append(contentsOf: "&quot;".unicodeScalars)
            case "\n", "\r", "\t": out.append(" ")
            default: if !isUnwritable(scalar) { out.append(scalar) }
            }
        }
        return String(out)
    }

    /// Whether XML 1.0 cannot hold it (2.2, Char); of its white space only the space stands for itself in an attribute.
    static func isUnwritable(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value < 0x20 || scalar.value == 0xFFFE || scalar.value == 0xFFFF
    }

    /// RFC 822 with a year of four digits.
    private static func date(_ time: Timestamp) -> String {
        let civil = time.civil
        // 1970-01-01 was a Thursday.
        let day = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"][((civil.daysSinceEpoch % 7) + 7) % 7]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(day), \(two(civil.day)) \(months[civil.month - 1]) \(civil.year) "
            + "\(two(civil.hour)):\(two(civil.minute)):\(two(civil.second)) GMT"
    }
}
