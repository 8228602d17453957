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
    case keygen, image, basefont, bgsound, selectedcontent

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
        let name = name.clamped(to: 0..<bytes.count)
        self = bytes.withUnsafeBufferPointer { HTMLTag(name: UnsafeBufferPointer(rebasing: $0[name])) }
    }

    /// The element of that name, whatever its case. The bytes are read during the call alone.
    public init(name: UnsafeBufferPointer<UInt8>) {
        guard name.count <= 16 else {
            self = .other
            return
        }
        var low: UInt64 = 0
        var high: UInt64 = 0
        var offset = 0
        while offset < name.count {
            let byte = UInt64(ASCII.lowercased(name[offset]))
            if offset < 8 { low |= byte &<< UInt64(offset &* 8) } else { high |= byte &<< UInt64((offset &- 8) &* 8) }
            offset &+= 1
        }
        self.init(low, high)
    }

    /// The element whose name in lower case is packed into two words, the first byte lowest.
    @inline(__always)
    init(_ low: UInt64, _ high: UInt64) {
        self = Self.lookup.find(low, high)
    }

    /// Whether the element has no content and no end tag.
    public var isVoid: Bool {
        switch self {
        case .area, .base, .br, .col, .embed, .hr, .img, .input, .link, .meta, .source, .track, .wbr, .param, .frame,
            .keygen, .image, .basefont, .bgsound:
            true
        default: false
        }
    }

    private static let lookup = Lookup()

    /// Open addressing over the packed names.
    private struct Lookup: Sendable {
        private static let slotCount = 512
        private var slots = [Slot](repeating: Slot(low: 0, high: 0, tag: .other), count: slotCount)

        private struct Slot {
            var low: UInt64
            var high: UInt64
            var tag: HTMLTag
        }

        init() {
            for tag in HTMLTag.allCases where tag != .other {
                var low: UInt64 = 0
                var high: UInt64 = 0
                for (offset, byte) in tag.name.utf8.enumerated() {
                    if offset < 8 {
                        low |= UInt64(byte) << UInt64(offset * 8)
                    } else {
                        high |= UInt64(byte) << UInt64((offset - 8) * 8)
                    }
                }
                var slot = Self.slot(low, high)
                while slots[slot].tag != .other { slot = (slot &+ 1) & (Self.slotCount &- 1) }
                slots[slot] = Slot(low: low, high: high, tag: tag)
            }
        }

        @inline(__always)
        func find(_ low: UInt64, _ high: UInt64) -> HTMLTag {
            var slot = Self.slot(low, high)
            while true {
                let entry = slots[slot]
                if entry.tag == .other || (entry.low == low && entry.high == high) { return entry.tag }
                slot = (slot &+ 1) & (Self.slotCount &- 1)
            }
        }

        /// Fibonacci hashing: the top bits of a product.
        @inline(__always)
        private static func slot(_ low: UInt64, _ high: UInt64) -> Int {
            Int(truncatingIfNeeded: ((low ^ high &* 0xC2B2_AE3D_27D4_EB4F) &* 0x9E37_79B9_7F4A_7C15) &>> 55)
        }
    }
}
