import Testing
import WirewatchMarkup

struct CharsetTests {
    @Test(
        "bytes become UTF-8",
        arguments: [
            ("plain", nil, Array("abc".utf8), "abc"),
            ("valid UTF-8 without label", nil, Array("caf\u{E9} \u{4E2D}".utf8), "caf\u{E9} \u{4E2D}"),
            ("byte order mark", "gbk", [0xEF, 0xBB, 0xBF, 0xC3, 0xA9], "\u{E9}"),
            ("UTF-16 little endian", nil, [0xFF, 0xFE, 0x3D, 0xD8, 0x00, 0xDE, 0x41, 0x00], "\u{1F600}A"),
            ("UTF-16 big endian", nil, [0xFE, 0xFF, 0x00, 0x41, 0xD8, 0x3D], "A\u{FFFD}"),
            ("UTF-16 without mark", nil, [0x3C, 0x00, 0x61, 0x00, 0x3E, 0x00], "<a>"),
            ("no label, no UTF-8", nil, [0x93, 0x41, 0x94, 0x80, 0xE9], "\u{201C}A\u{201D}\u{20AC}\u{E9}"),
            ("latin-1 label on UTF-8 bytes", "ISO-8859-1", [0xC3, 0xA9], "\u{E9}"),
            ("broken UTF-8", "utf-8", [0x41, 0xFF, 0xC3, 0xA9, 0xC3, 0xA9], "A\u{FFFD}\u{E9}\u{E9}"),
            ("GB 18030 from HTTP", "gb2312", [0xD6, 0xD0, 0xCE, 0xC4], "\u{4E2D}\u{6587}"),
            ("GB with a broken end", "gbk", [0xD6, 0xD0, 0xCE], "\u{4E2D}\u{FFFD}"),
            ("GB with a broken middle", "gbk", [0xFF, 0x41, 0xD6, 0xD0], "\u{FFFD}A\u{4E2D}"),
            ("Shift JIS", "Shift_JIS", [0x93, 0xFA, 0x96, 0x7B], "\u{65E5}\u{672C}"),
            ("EUC-KR", "euc-kr", [0xC7, 0xD1], "\u{D55C}"),
            ("Big5", "big5", [0xA4, 0xA4], "\u{4E2D}"),
            ("windows-1251", "windows-1251", [0xCF, 0xF0], "\u{41F}\u{440}"),
            ("unknown label", "x-nonsense/../", [0x41, 0xE9], "A\u{E9}"),
            ("ISO-2022-JP", "iso-2022-jp", [0x1B, 0x24, 0x42, 0x46, 0x7C, 0x1B, 0x28, 0x42], "\u{65E5}"),
            ("empty", "gbk", [], ""),
        ] as [(String, String?, [UInt8], String)])
    func decode(name: String, charset: String?, bytes: [UInt8], expected: String) {
        #expect(Charset.string(bytes, contentTypeCharset: charset) == expected, "\(name)")
    }

    @Test(
        "the document's own declaration counts",
        arguments: [
            "<meta charset=gbk><p>", "<!doctype html><meta name=x content=y><META CHARSET='GB2312' ><p>",
            "<meta http-equiv=Content-Type content=\"text/html; charset=gb2312\"><p>",
            "<?xml version='1.0' encoding='GB18030'?><p>", "<?xml version=\"1.0\" encoding = \"gbk\" ?><p>",
        ])
    func declared(head: String) {
        let bytes = Array(head.utf8) + [0xD6, 0xD0, 0xCE, 0xC4]
        #expect(Charset.string(bytes) == head + "\u{4E2D}\u{6587}")
    }

    @Test("a declaration in the body, of UTF-16 or over valid UTF-8 is not believed")
    func disbelieved() {
        #expect(Charset.string(Array("<body><meta charset=gbk>\u{E9}".utf8)) == "<body><meta charset=gbk>\u{E9}")
        #expect(
            Charset.string(Array("<meta charset=gbk>\u{4E2D}\u{6587}".utf8)) == "<meta charset=gbk>\u{4E2D}\u{6587}")
        #expect(Charset.string(Array("<meta charset=utf-16>\u{E9}".utf8)) == "<meta charset=utf-16>\u{E9}")
    }

    @Test(
        "the prescan finds what documents declare",
        arguments: [
            ("<meta charset=latin2>", "iso-8859-2"), ("<meta  charset = \"KOI8-R\" >", "koi8-r"),
            ("<meta/charset=sjis>", "shift_jis"),
            ("<metacharset=koi8-r>", nil), ("<meta charset=nonsense>", nil), ("<meta charset=utf-16>", "utf-8"),
            ("<meta charset=x-user-defined>", "windows-1252"), ("<meta charset=koi8-r", nil),
            ("<meta content='text/html; charset=big5' http-equiv=CONTENT-TYPE>", "big5"),
            ("<meta content='charset=big5'>", nil), ("<meta http-equiv=refresh content='charset=big5'>", nil),
            ("<meta http-equiv=content-type content='a charset b;charset = \"euc-kr\" c'>", "euc-kr"),
            ("<meta http-equiv=content-type content='charset=\"euc-kr'>", nil),
            ("<!-- <meta charset=gbk> --><meta charset=koi8-u>", "koi8-u"), ("<a title='<meta charset=gbk>'>", nil),
            ("</a title='<meta charset=gbk>'><meta charset=l4>", "iso-8859-4"),
            ("<!--><meta charset=l4>", "iso-8859-4"),
            ("<?xml version='1.0' encoding='windows-1251'?><meta charset=gbk>", "windows-1251"),
            ("\u{FEFF}<meta charset=gbk>", "utf-8"), ("<meta charset=hz-gb-2312>", "replacement"),
            ("<meta charset=a charset=gbk>", nil),
            ("<p>\(String(repeating: "x", count: 9000))<meta charset=gbk>", "gbk"),
            ("<rss>\(String(repeating: "x", count: 9000))<meta charset=gbk>", nil),
        ] as [(String, String?)])
    func prescan(source: String, expected: String?) {
        #expect(Charset.declared(Array(source.utf8)) == expected)
    }

    @Test("every charset of the standard can be read")
    func readable() {
        for label in [
            "ibm866", "l2", "l3", "l4", "cyrillic", "arabic", "greek", "hebrew", "logical", "l6", "iso-8859-13",
            "iso-8859-14", "l9", "iso-8859-16", "koi8-r", "koi8-u", "mac", "windows-874", "windows-1250",
            "windows-1251",
            "windows-1252", "windows-1253", "windows-1254", "windows-1255", "windows-1256", "windows-1257",
            "windows-1258", "x-mac-cyrillic", "gbk", "gb18030", "big5", "euc-jp", "iso-2022-jp", "shift_jis", "euc-kr",
        ] {
            // A byte that all of them keep, and one that none reads as it stands.
            let text = Charset.string([0x41, 0xFF, 0x20, 0x41], contentTypeCharset: label)
            #expect(text.first == "A" && text.unicodeScalars.count > 2 && !text.isEmpty, "\(label)")
            #expect(Charset.declared(Array("<meta charset=\(label)>".utf8)) != nil, "\(label)")
        }
        #expect(Charset.string([0xCF], contentTypeCharset: "cyrillic") == "\u{42F}")
        #expect(Charset.string([0x80], contentTypeCharset: "x-user-defined") == "\u{F780}")
        #expect(Charset.string([0x41, 0x80], contentTypeCharset: "iso-2022-kr") == "\u{FFFD}")
    }

    @Test("a charset that is long in UTF-8 comes through whole")
    func long() {
        let bytes = Array(repeating: [0xD6, 0xD0] as [UInt8], count: 50_000).flatMap { $0 }
        #expect(Charset.string(bytes, contentTypeCharset: "gbk") == String(repeating: "\u{4E2D}", count: 50_000))
    }
}
