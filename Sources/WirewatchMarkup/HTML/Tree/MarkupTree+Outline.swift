extension MarkupTree {
    /// The tree as indented lines, for people and tests: `| <p>`, its attributes by name and its children two columns
    /// further in. The form is the one that parsers of HTML are compared in: foreign elements with their namespace
    /// (`<svg path>`), text in quotes, the children of a template below `content`.
    public func outline() -> String {
        var lines: [UInt8] = []
        var open: [(end: Int, depth: Int)] = [(nodes.count, 0)]
        for node in 0..<nodes.count {
            if let doctype, doctype.before == node || (node == nodes.count - 1 && doctype.before > node) {
                Self.begin(&lines, 0)
                Self.append(doctype.declaration, to: &lines)
            }
            guard node > 0 else { continue }
            while let last = open.last, last.end <= node { open.removeLast() }
            let depth = open.last?.depth ?? 0
            Self.begin(&lines, depth)
            switch nodes[node].kind {
            case .document: break
            case .comment:
                lines += "<!-- ".utf8
                append(nodes[node].range, to: &lines)
                lines += " -->\n".utf8
            case .text:
                lines.append(ASCII.quote)
                append(nodes[node].range, to: &lines)
                lines += "\"\n".utf8
            case .element:
                appendTag(node, depth, to: &lines)
                var inner = depth + 1
                if nodes[node].tag == .template, nodes[node].namespace == .html {
                    Self.begin(&lines, inner)
                    lines += "content\n".utf8
                    inner += 1
                }
                open.append((nodes[node].end, inner))
            }
        }
        return String(decoding: lines, as: UTF8.self)
    }

    private func appendTag(_ node: Int, _ depth: Int, to lines: inout [UInt8]) {
        lines.append(ASCII.less)
        switch nodes[node].namespace {
        case .html: break
        case .svg: lines += "svg ".utf8
        case .mathML: lines += "math ".utf8
        }
        append(nodes[node].range, to: &lines)
        lines += ">\n".utf8
        let attributes = attributes(of: node).map { attribute in
            var name = string(attribute.name)
            if nodes[node].namespace != .html, ForeignNames.namespacedAttributes.contains(name) {
                name = name.replacing(":", with: " ", maxReplacements: 1)
            }
            return (name, string(attribute.value))
        }
        for (name, value) in attributes.sorted(by: { $0.0.utf16.lexicographicallyPrecedes($1.0.utf16) }) {
            Self.begin(&lines, depth + 1)
            lines += "\(name)=\"\(value)\"\n".utf8
        }
    }

    private static func begin(_ lines: inout [UInt8], _ depth: Int) {
        lines += "| ".utf8
        for _ in 0..<depth { lines += "  ".utf8 }
    }

    private static func append(_ doctype: HTMLDoctype, to lines: inout [UInt8]) {
        lines += "<!DOCTYPE \(doctype.name ?? "")".utf8
        let publicID = doctype.publicID ?? ""
        let systemID = doctype.systemID ?? ""
        if !publicID.isEmpty || !systemID.isEmpty { lines += " \"\(publicID)\" \"\(systemID)\"".utf8 }
        lines += ">\n".utf8
    }
}
