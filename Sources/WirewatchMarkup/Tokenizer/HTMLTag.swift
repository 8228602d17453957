/// The HTML elements that parsing and extraction tell apart, one byte each; `other` for the rest.
public enum HTMLTag: UInt8, Sendable, Hashable, CaseIterable {
    case other
    case html, head, body, title, meta, link, base, style, script, noscript, template, slot
    case article, section, nav, aside, header, footer, main, address, hgroup, search
    case h1, h2, h3, h4, h5, h6
    case p, div, span, pre, blockquote, center, hr, br, wbr
    case ul, ol, li, dl, dt, dd, menu, dir
    case figure, figcaption, picture, img, source, video, audio, track, canvas, map, area, svg, math
    case table, caption, colgroup, col, tbody, thead, tfoot, tr, td, th
    case form, fieldset, legend, label, input, button, select, option, optgroup, textarea, datalist, output
    case details, summary, dialog
    case a, b, i, u, s, em, strong, small, big, mark, sub, sup, q, cite, code, kbd, samp, tt, time, abbr, dfn
    case ins, del, font, nobr, strike, data, ruby, rb, rt, rtc, rp, bdi, bdo, variable
    case iframe, embed, object, param, applet, marquee, noembed, noframes, xmp, plaintext, listing, frame, frameset
    case keygen, image

    /// The element's name in lower case; empty for ``other``. Slow: for tables and messages.
    public var name: String {
        switch self {
        case .other: ""
        case .variable: "var"
        default: String(describing: self)
        }
    }

    /// The element of that name, whatever its case.
    public init(_ bytes: [UInt8], _ name: Range<Int>) {
        self = Self.lookup.find(bytes, name)
    }

    /// Whether the element has no content and no end tag.
    public var isVoid: Bool {
        switch self {
        case .area, .base, .br, .col, .embed, .hr, .img, .input, .link, .meta, .source, .track, .wbr, .param, .frame,
            .keygen, .image:
            true
        default: false
        }
    }

    private static let lookup = Lookup()

    /// Open addressing over a hash of the lower-case name.
    private struct Lookup: Sendable {
        private static let mask = 511
        private var slots = [HTMLTag](repeating: .other, count: mask + 1)
        private var names: [[UInt8]] = Array(repeating: [], count: mask + 1)

        init() {
            for tag in HTMLTag.allCases where tag != .other {
                let name = Array(tag.name.utf8)
                var slot = Self.hash(name, 0..<name.count)
                while slots[slot] != .other { slot = (slot &+ 1) & Self.mask }
                slots[slot] = tag
                names[slot] = name
            }
        }

        func find(_ bytes: [UInt8], _ name: Range<Int>) -> HTMLTag {
            guard name.count <= 12 else { return .other }
            var slot = Self.hash(bytes, name)
            while slots[slot] != .other {
                if equal(slot, bytes, name) { return slots[slot] }
                slot = (slot &+ 1) & Self.mask
            }
            return .other
        }

        private func equal(_ slot: Int, _ bytes: [UInt8], _ name: Range<Int>) -> Bool {
            guard names[slot].count == name.count else { return false }
            var index = 0
            for at in name {
                if ASCII.lowercased(bytes[at]) != names[slot][index] { return false }
                index &+= 1
            }
            return true
        }

        /// FNV-1a.
        private static func hash(_ bytes: [UInt8], _ name: Range<Int>) -> Int {
            var hash: UInt32 = 2_166_136_261
            for at in name { hash = (hash ^ UInt32(ASCII.lowercased(bytes[at]))) &* 16_777_619 }
            return Int((hash ^ hash >> 15) & UInt32(mask))
        }
    }
}
