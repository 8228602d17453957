import Testing
import WirewatchFeeds
import WirewatchKit

@Suite("Formats")
struct FormatTests {
    @Test(
        "a feed's format and version are told by its root",
        arguments: [
            ("<rss version='2.0'><channel/></rss>", "rss20"), ("<rss version='0.91'><channel/></rss>", "rss091"),
            ("<rss><channel/></rss>", "rss"),
            ("<rdf:RDF xmlns='http://purl.org/rss/1.0/'><channel/></rdf:RDF>", "rss10"),
            ("<rdf:RDF xmlns='http://my.netscape.com/rdf/simple/0.9/'><channel/></rdf:RDF>", "rss090"),
            ("<r:RDF xmlns:r='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><channel/></r:RDF>", "rss10"),
            ("<feed xmlns='http://www.w3.org/2005/Atom'/>", "atom10"),
            ("<a:feed xmlns:a='http://www.w3.org/2005/Atom'></a:feed>", "atom10"),
            ("<feed version='0.3' xmlns='http://purl.org/atom/ns#'/>", "atom03"),
            ("<CHANNEL HREF='http://example.org/'><TITLE>T</TITLE></CHANNEL>", "cdf"),
            (#"{"version":"https://jsonfeed.org/version/1","items":[]}"#, "json1"),
            (#"{"version":"https://jsonfeed.org/version/1.1","items":[]}"#, "json11"),
        ])
    func formats(text: String, name: String) throws {
        #expect(try read(text).format.name == name)
    }

    @Test("CDF, whose pages and dates are attributes")
    func cdf() throws {
        let feed = try read(
            """
            <?xml version="1.0"?><CHANNEL HREF="http://example.org/news/"><TITLE>Old news</TITLE>
            <ABSTRACT>From the nineties</ABSTRACT><LOGO HREF="logo.gif" STYLE="IMAGE"/><LOGO HREF="i.ico" STYLE="ICON"/>
            <ITEM HREF="http://example.org/news/1" LASTMOD="1998-11-05T10:00-0500"><TITLE>One</TITLE><ABSTRACT>First</ABSTRACT></ITEM>
            </CHANNEL>
            """, url: "http://example.org/c.cdf")
        #expect(feed.title == "Old news")
        #expect(feed.link == "http://example.org/news/")
        #expect(feed.description?.text == "From the nineties")
        #expect(feed.logo == "http://example.org/logo.gif")
        #expect(feed.icon == "http://example.org/i.ico")
        let item = try #require(feed.items.first)
        #expect(item.url == "http://example.org/news/1")
        #expect(item.summary?.text == "First")
        #expect(item.updated?.text == "1998-11-05T10:00:00-05:00")
    }

    @Test("an Atom entry alone is a feed of one item")
    func entryAlone() throws {
        let feed = try read("<entry xmlns='http://www.w3.org/2005/Atom'><title>Alone</title></entry>")
        #expect(feed.items.map(\.title) == ["Alone"])
    }

    @Test(
        "vocabularies are known by their URI whatever the prefix, and undeclared ones by their customary prefix",
        arguments: [
            "xmlns:x='http://purl.org/dc/elements/1.1/'><x:creator>Ada</x:creator>",
            "xmlns:x='HTTP://PURL.ORG/DC/ELEMENTS/1.0/'><x:creator>Ada</x:creator>",
            "><dc:creator>Ada</dc:creator>", "><DC:Creator>Ada</DC:Creator>",
            "xmlns='urn:a-publishers-own'><author>Ada</author>",
            "xmlns:i='http://www.itunes.com/DTDs/Podcast-1.0.dtd'><i:author>Ada</i:author>",
            "xmlns:a='http://www.w3.org/2005/Atom'><a:author><a:name>Ada</a:name></a:author>",
        ])
    func namespaces(text: String) throws {
        let feed = try read("<rss><channel><item \(text)</item></channel></rss>")
        #expect(feed.items.first?.authors.map(\.name) == ["Ada"])
    }

    @Test("another vocabulary's elements are not the feed's")
    func foreign() throws {
        let found = try item(
            "<v:title xmlns:v='urn:v'>no</v:title><title>yes</title><v:link xmlns:v='urn:v'>no</v:link>")
        #expect(found.title == "yes")
        #expect(found.url == nil)
    }

    @Test("the schedule that a feed asks for")
    func schedule() throws {
        let feed = try channel(
            """
            <ttl> 90 </ttl><skipHours><hour>3</hour><hour>24</hour><hour>3</hour><hour>25</hour></skipHours>
            <skipDays><day>Sunday</day><day>monday</day><day>Someday</day></skipDays>
            <sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>
            <sy:updateBase>2000-01-01T12:00+00:00</sy:updateBase>
            <cloud domain="c.example.org" port="80" path="/RPC2" registerProcedure="ping" protocol="xml-rpc"/>
            <atom:link rel="hub" href="https://hub.example.org/"/><atom:link rel="SELF" href="https://example.org/f.xml"/>
            """)
        #expect(feed.schedule.ttlMinutes == 90)
        #expect(feed.schedule.skipHours == [0, 3])
        #expect(feed.schedule.skipDays == [.monday, .sunday])
        #expect(feed.schedule.updatePeriod == .hourly)
        #expect(feed.schedule.pollSeconds == 5400)
        #expect(feed.schedule.updateBase?.text == "2000-01-01T12:00:00Z")
        #expect(feed.schedule.cloud?.protocolName == "xml-rpc")
        #expect(feed.hubs == ["https://hub.example.org/"])
        #expect(feed.selfLink == "https://example.org/f.xml")
    }

    @Test("pictures, search field, generator and rights of a channel")
    func channelParts() throws {
        let feed = try channel(
            """
            <link>https://example.org/</link><copyright>(c) Example</copyright>
            <generator>Maker 2</generator><docs>https://example.org/docs</docs><webMaster>w@example.org (Web)</webMaster>
            <image><url>logo.png</url><title>L</title><link>/home</link><width>88</width><height>x</height></image>
            <textInput><title>Find</title><description>d</description><name>q</name><link>/find</link></textInput>
            """, url: "https://example.org/feed")
        #expect(feed.rights?.text == "(c) Example")
        #expect(feed.generator == FeedGenerator(name: "Maker 2"))
        #expect(feed.publisher == FeedPerson(name: "Web", email: "w@example.org"))
        #expect(feed.image?.url == "https://example.org/logo.png")
        #expect(feed.image?.link == "https://example.org/home")
        #expect(feed.image?.width == 88)
        #expect(feed.image?.height == nil)
        #expect(feed.textInput?.name == "q")
        #expect(feed.textInput?.link == "https://example.org/find")
        #expect(feed.title.isEmpty)
    }
}
