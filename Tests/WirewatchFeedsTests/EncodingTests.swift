import Testing
import WirewatchFeeds

@Suite("Encodings of feeds")
struct EncodingTests {
    private static func feed(_ prolog: String = "", _ title: [UInt8] = Array("T".utf8)) -> [UInt8] {
        Array("\(prolog)<rss><channel><title>".utf8) + title + Array("</title></channel></rss>".utf8)
    }

    private static func prolog(_ name: String) -> String { "<?xml version='1.0' encoding='\(name)'?>" }

    @Test(
        "mark, transport, prolog and content are heard in this order",
        arguments: [
            (feed(), nil, "utf-8", "T"), (feed(prolog("ISO-8859-1"), [0xE9]), nil, "iso-8859-1", "\u{E9}"),
            (feed(prolog("iso-8859-1"), [0xCF]), "text/xml; charset=windows-1251", "windows-1251", "\u{41F}"),
            (feed(prolog("utf-8"), [0xE9, 0x20, 0xE8, 0x20, 0xE0]), nil, "windows-1252", "\u{E9} \u{E8} \u{E0}"),
            (feed("", [0xE9]), nil, "windows-1252", "\u{E9}"),
            ([0xEF, 0xBB, 0xBF] + feed("", [0xC3, 0xA9]), "text/xml; charset=iso-8859-1", "utf-8", "\u{E9}"),
            (feed(prolog("gb2312"), [0xD6, 0xD0]), nil, "gb18030", "\u{4E2D}"),
            (feed(prolog("no-such-charset"), [0xC3, 0xA9]), nil, "utf-8", "\u{E9}"),
            (feed("", [0xC3, 0xA9]), "application/xml; charset=UTF-16", "utf-8", "\u{E9}"),
            (feed(prolog("windows-1251"), [0xCF]), "text/xml; charset=ucs-4", "windows-1251", "\u{41F}"),
            (feed(), "text/xml", "us-ascii", "T"), (feed(), "application/xml", "utf-8", "T"),
            (feed(), "application/rss+xml;charset= 'us-ascii'", "us-ascii", "T"),
        ] as [([UInt8], String?, String, String)])
    func order(bytes: [UInt8], contentType: String?, name: String, title: String) throws {
        let feed = try FeedReader.read(bytes, options: FeedReaderOptions(contentType: contentType))
        #expect(feed.encoding == name)
        #expect(feed.title == title)
    }

    @Test("UTF-16 and UTF-32 of either byte order, with a mark and without", arguments: [2, 4], [true, false])
    func wide(width: Int, bigEndian: Bool) throws {
        func encode(_ text: String) -> [UInt8] {
            text.utf8.flatMap { byte in
                var unit = [UInt8](repeating: 0, count: width)
                unit[bigEndian ? width - 1 : 0] = byte
                return unit
            }
        }
        let body = encode(String(decoding: Self.feed(), as: UTF8.self))
        var mark = [UInt8](repeating: 0, count: width)
        mark[bigEndian ? width - 2 : 1] = 0xFE
        mark[bigEndian ? width - 1 : 0] = 0xFF
        for bytes in [mark + body, body] {
            let feed = try FeedReader.read(bytes)
            #expect(feed.title == "T")
            #expect(feed.encoding == "utf-\(width * 8)\(bigEndian ? "be" : "le")")
        }
    }

    @Test("one bad byte is one bad character, and the feed says so")
    func badByte() throws {
        let feed = try FeedReader.read([0xEF, 0xBB, 0xBF] + Self.feed("", [0x41, 0xFF, 0x42]))
        #expect(feed.title == "A\u{FFFD}B")
        #expect(feed.isMalformed)
    }

    @Test(
        "what breaks the rules of XML is marked",
        arguments: [
            ("<rss><channel><title>T</title></channel></rss>", false), ("<rss><channel><title>T</channel></rss>", true),
            ("<rss><channel><title>T</title>", true), ("junk<rss><channel/></rss>", true),
            ("<rss><channel></p></channel></rss>", true),
            ("<?xml version='1.0'?>\n<!-- c --><rss><channel/></rss>\n", false),
        ])
    func malformed(text: String, isMalformed: Bool) throws {
        #expect(try read(text).isMalformed == isMalformed)
    }
}
