import Testing
import WirewatchFeeds
import WirewatchKit

@Suite("OPML")
struct OPMLTests {
    private static func read(_ body: String) throws -> OPML {
        try OPML(reading: Array("<opml version='2.0'><head><title>T</title></head><body>\(body)</body></opml>".utf8))
    }

    @Test("Feeds come with title, page and the folders that they lie in")
    func folders() throws {
        let list = try OPML(
            reading: Array(
                """
                <?xml version="1.0" encoding="UTF-8"?>
                <opml version="1.1"><head><title> My &amp; mine </title><ownerName>x</ownerName></head><body>
                <outline text="Loose" type="rss" xmlUrl="https://a.example/feed" htmlUrl="https://a.example/" language="de"/>
                <outline text="News" title="The news">
                  <outline text="b" title="B" type="rss" xmlUrl="https://b.example/feed" description="All of &lt;b&gt;B&lt;/b&gt;"></outline>
                  <outline text="Robots"><outline text="C" xmlUrl="https://c.example/feed"/></outline>
                  <outline text="D" xmlUrl="https://d.example/feed"/>
                </outline>
                <outline text="E" xmlUrl="https://e.example/feed"/>
                </body></opml>
                """.utf8))
        #expect(list.title == "My & mine")
        #expect(list.feeds.map(\.title) == ["Loose", "B", "C", "D", "E"])
        #expect(list.feeds.map(\.folders) == [[], ["The news"], ["The news", "Robots"], ["The news"], []])
        #expect(list.feeds[0].page == "https://a.example/" && list.feeds[0].language == "de")
        #expect(list.feeds[1].description == "All of B")
    }

    @Test(
        "A feed's address is found wherever readers put it",
        arguments: [
            ("text='A' xmlUrl='https://a.example/f'", ["https://a.example/f"]),
            ("text='A' XMLURL='https://a.example/f'", ["https://a.example/f"]),
            ("xmlurl=https://a.example/f text='A'", ["https://a.example/f"]),
            ("text='A' xmlUrl='' xmlUrl='https://a.example/f' xmlUrl='https://b.example'", ["https://a.example/f"]),
            ("text='A' xmlUrl=' https://a.example/f\n'", ["https://a.example/f"]),
            ("text='A' xmlUrl='https://a.example/?a=1&amp;b=2'", ["https://a.example/?a=1&b=2"]),
            ("text='A' xmlUrl='https://a.example/?a=1&amp;amp;b=2'", ["https://a.example/?a=1&b=2"]),
            ("text='A' xmlUrl='https://a.example/?a=1&b=2'", ["https://a.example/?a=1&b=2"]),
            ("text='A' xmlUrl='feed://a.example/f'", ["http://a.example/f"]),
            ("text='A' type='rss' url='https://a.example/f'", ["https://a.example/f"]),
            ("type='rss' text='https://a.example/f'", ["https://a.example/f"]),
            ("type='rss' text='No address'", []),
            ("text='https://a.example/f'", []),
            ("text='A' type='link' url='https://a.example/page'", []),
        ])
    func addresses(attributes: String, urls: [String]) throws {
        #expect(try Self.read("<outline \(attributes)/>").feeds.map(\.url) == urls)
    }

    @Test("Other lists that are included are named, not taken for feeds")
    func includes() throws {
        let list = try Self.read(
            "<outline type='include' text='x' url='https://a.example/list'/><outline type='link' url='https://a.example/b.opml'/>"
        )
        #expect(list.feeds.isEmpty)
        #expect(list.includes == ["https://a.example/list", "https://a.example/b.opml"])
    }

    @Test("Broken lists yield what is there")
    func broken() throws {
        #expect(
            try Self.read("<outline text='R&D &eacute; &unknown; <b' xmlUrl='https://a.example/'/>").feeds.count == 1)
        #expect(
            try Self.read("<outline text='F'><outline text='A' xmlUrl='https://a.example/'>").feeds[0].folders == ["F"])
        #expect(try Self.read("</outline></outline><outline text='A' xmlUrl='https://a.example/'/>").feeds.count == 1)
        let bare = try OPML(reading: Array("<outline text='A' xmlUrl='https://a.example/'/>".utf8))
        #expect(bare.feeds.count == 1)
        // Written as windows-1252 without a word of it.
        let latin =
            Array("<opml><outline text='Caf".utf8) + [0xE9]
            + Array("' xmlUrl='https://a.example/'/></opml>".utf8)
        #expect(try OPML(reading: latin).feeds.map(\.title) == ["Café"])
        #expect(
            try Self.read("<outline text='A' category='/Tech/Robots,/x' xmlUrl='https://a.example/'/>").feeds[0].folders
                == ["Tech", "Robots"])
    }

    @Test("What is no list says so", arguments: ["", "hello", "<rss><channel/></rss>", "<html><body>x</body></html>"])
    func noList(text: String) { #expect(throws: OPMLError.self) { try OPML(reading: Array(text.utf8)) } }

    @Test("What is written is read again as it was")
    func roundTrip() throws {
        var list = OPML(
            title: "Mine & \"yours\" <now>",
            feeds: [
                OPMLFeed(
                    url: "https://a.example/?x=1&y=2", title: "A <b>", page: "https://a.example/", folders: ["F", "G"]),
                OPMLFeed(url: "https://b.example/", title: "机器人\u{1}", folders: []),
                OPMLFeed(url: "https://c.example/", folders: ["F"]),
            ])
        list.feeds[0].language = "en"
        let bytes = list.written(created: Timestamp(seconds: 1_767_528_000))
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(text.contains("<dateCreated>Sun, 04 Jan 2026 12:00:00 GMT</dateCreated>"))
        let again = try OPML(reading: bytes)
        // Those in no folder come first, then each folder's own before its folders.
        #expect(again.feeds.map(\.url) == ["https://b.example/", "https://c.example/", "https://a.example/?x=1&y=2"])
        #expect(again.feeds.map(\.folders) == [[], ["F"], ["F", "G"]])
        #expect(again.feeds.map(\.title) == ["机器人", "", "A"])
        #expect(again.title == "Mine & \"yours\"")
        #expect(again.feeds[2].language == "en")
    }

    @Test(
        "What neither XML nor an address can hold is left out of addresses, and without the rest there is no feed",
        arguments: [
            ("feed:\u{1A}\u{1A}#x", "feed:#x"), ("feed:\u{1A} #x", "feed: #x"),
            ("feed: https://a.example/ #x", "https://a.example/"), ("https://a.example/\u{1}f", "https://a.example/f"),
            ("\u{FFFF}", nil), ("https://a.example/\u{FFFE}", "https://a.example/"),
        ] as [(String, String?)])
    func unwritable(address: String, url: String?) throws {
        let list = try Self.read("<outline type='rss' text='A' xmlUrl='\(address)'/>")
        #expect(list.feeds.map(\.url) == (url.map { [$0] } ?? []))
        let again = try OPML(reading: list.written(created: Timestamp(seconds: 0)))
        #expect(again.feeds.map(\.url) == list.feeds.map(\.url))
    }

    @Test(
        "Hostile lists take no more than time in proportion",
        arguments: [
            String(repeating: "<outline text='x'>", count: 30_000),
            String(repeating: "<outline text='x' xmlUrl='https://a.example/'>", count: 20_000),
            "<outline " + String(repeating: "xmlUrl='' ", count: 50_000) + ">",
            String(repeating: "</outline>", count: 50_000),
            "<outline text='" + String(repeating: "&amp;", count: 50_000),
        ])
    func hostile(body: String) throws {
        let list = try? Self.read(body)
        #expect(list?.feeds.allSatisfy { $0.folders.count <= OPMLFeed.maxFolders } ?? true)
    }
}
