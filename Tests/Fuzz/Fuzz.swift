import Glibc
import WirewatchDigest
import WirewatchExtract
import WirewatchFeeds
import WirewatchHTTP
import WirewatchKit
import WirewatchMarkup
import WirewatchMetrics
import WirewatchText
import WirewatchYAML

/// The parsers of what comes from outside, each under the name that `WIREWATCH_FUZZ_TARGET` chooses.
///
/// A run fails by a trap, an endless loop or memory without bound; libFuzzer watches for all three.
private let targets: [String: @Sendable ([UInt8]) -> Void] = [
    "html": { bytes in
        var tokenizer = HTMLTokenizer(bytes)
        while let token = tokenizer.next() {
            _ = tokenizer.string(token.range)
            for attribute in tokenizer.attributes { _ = tokenizer.string(attribute.value) }
        }
        let isUTF8 = String(validating: bytes, as: UTF8.self) != nil
        check(MarkupTree(html: bytes), isUTF8: isUTF8)
        // The first byte chooses a context and the depth.
        var options = MarkupTree.ParsingOptions()
        let contexts = ["div", "td", "tr", "table", "select", "template", "title", "frameset"]
        options.context = MarkupTree.FragmentContext(
            name: contexts[Int(bytes.first ?? 0) % 8], namespace: (bytes.first ?? 0) < 32 ? .svg : .html)
        options.limits.depth = 16
        options.scripting = (bytes.first ?? 0) % 2 == 0
        check(MarkupTree(html: bytes, options: options), isUTF8: isUTF8)
    },
    "links": { bytes in
        let tree = MarkupTree(html: Charset.decode(bytes))
        let page = PageLinks(tree, url: "https://example.org/a/b?c")
        for link in page.links { precondition(link.text.utf8.count <= 512 && tree.indices.contains(link.node)) }
        var robots = RobotsDirectives()
        robots.add(header: String(decoding: bytes, as: UTF8.self), agent: "wirewatch")
        _ = tree.visibleText()
    },
    "selector": { bytes in
        // The selector, a line end, and the page that it is for.
        let line = bytes.firstIndex(of: 0x0A) ?? bytes.endIndex
        let text = String(decoding: bytes[..<line], as: UTF8.self)
        do throws(MarkupSelector.Mistake) {
            let selector = try MarkupSelector(text)
            let tree = MarkupTree(html: Array(bytes[line...]))
            let all = selector.matches(in: tree)
            precondition(Set(selector.outermost(in: tree)).isSubset(of: all))
            _ = tree.visibleText(of: selector.outermost(in: tree), leavingOut: all)
        } catch {
            precondition((1...(text.count + 1)).contains(error.position))
        }
    },
    "xml": { bytes in
        var tokenizer = MarkupTokenizer(bytes)
        while tokenizer.next() != nil {}
    },
    "charset": { bytes in _ = Charset.decode(bytes, contentTypeCharset: nil) },
    "feed": { bytes in
        // Known to come from somewhere or not, by what costs the fuzzer least to change.
        let isServed = bytes.count.isMultiple(of: 2)
        let served = FeedReaderOptions(url: "https://example.org/a/b", contentType: "text/xml")
        guard let feed = try? FeedReader.read(bytes, options: isServed ? served : FeedReaderOptions()) else { return }
        for text in feed.items.flatMap({ [$0.summary, $0.content, $0.rights] }).compactMap({ $0 }) {
            // A line is one, however it was made, and what strings are made of is UTF-8.
            precondition(FeedText(text.line, isHTML: false).line == text.line)
            precondition(Array(text.text.utf8) == text.utf8)
        }
    },
    // The feed target meets it as well, but its inputs are nearly all XML.
    "jsonfeed": { bytes in _ = try? FeedReader.read([UInt8(ascii: "{")] + bytes) },
    "sitemap": { bytes in
        let options = SitemapReaderOptions(url: bytes.count.isMultiple(of: 2) ? nil : "https://example.org/a/b")
        guard let sitemap = try? SitemapReader.read(bytes, options: options) else { return }
        for entry in sitemap.entries { precondition(entry.url.utf8.count > 8) }
    },
    "opml": { bytes in
        guard let list = try? OPML(reading: bytes) else { return }
        // What was written is read, and is then the same however often.
        guard let again = try? OPML(reading: list.written(created: Timestamp(seconds: 0))) else {
            preconditionFailure("what was written cannot be read")
        }
        precondition(again.feeds.count == list.feeds.count)
    },
    "discovery": { bytes in
        let text = String(decoding: bytes, as: UTF8.self)
        for url in [nil, "https://example.org/a/b?c"] {
            for feed in FeedDiscovery.feeds(in: bytes, url: url, linkFields: [text]) {
                precondition(!feed.url.isEmpty && !feed.title.isEmpty)
            }
        }
        _ = FeedDiscovery.guesses(for: text)
        _ = FeedDiscovery.guesses(for: "https://" + text)
    },
    "article": { bytes in _ = try? Article(json: bytes) },
    "date": { bytes in
        // What is read can be written and read again, names a year that can be, and lies within the text.
        func check(_ date: PublicationDate?) {
            guard let date else { return }
            precondition(PublicationDate(text: date.text)?.text == date.text)
            precondition((1900...2199).contains(date.fields.year))
        }
        let now = Timestamp(seconds: 1_772_712_000)
        for hints in [DateHints(), DateHints(now: now), DateHints(now: now, order: .dayFirst, isChinese: true)] {
            check(DateReader.read(bytes, hints: hints))
            check(DateReader.readWhole(bytes, hints: hints))
            precondition(DateReader.readWhole(bytes.span, hints: hints) == DateReader.readWhole(bytes, hints: hints))
            guard let (date, range) = DateReader.find(in: bytes, hints: hints) else { continue }
            check(date)
            precondition(!range.isEmpty && bytes.indices.contains(range.lowerBound) && range.upperBound <= bytes.count)
        }
        let text = String(decoding: bytes, as: UTF8.self)
        check(DateReader.readings(of: text)?.dayFirst)
        _ = DateReader.order(in: [text])
        _ = DateHints(language: text)
    },
    "page": { bytes in
        _ = try? extractor.extract(Document.Content(bytes: bytes, type: .html), url: "https://news.example/a")
    },
    // What a page says in JSON-LD: the page target seldom gets into a script's text.
    "structured": { bytes in
        let page = Array("<title>a</title><script type=application/ld+json>".utf8) + bytes + Array("</script><p>b".utf8)
        guard let article = try? extractor.extract(Document.Content(bytes: page, type: .html)).article else { return }
        for (field, origin) in article.origins.all where origin == .jsonLD { precondition(field != .body) }
        for name in article.authors { precondition(!name.isEmpty && name.utf8.count <= bytes.count * 4) }
    },
    // A feed's item beside its page, parted by a NUL.
    "item": { bytes in
        let parts = bytes.split(separator: 0, maxSplits: 1, omittingEmptySubsequences: false)
        var article = Article()
        article.url = "https://news.example/a"
        let content = Document.Content(
            bytes: Array(parts[0]), type: .html, item: parts.count > 1 ? Array(parts[1]) : nil)
        guard let result = try? extractor.fill(&article, from: content) else { return }
        for range in article.subheadings { precondition(article.text(of: TextSpan(.body, range)) != nil) }
        precondition(parts.count > 1 || result.bodyChoice == nil)
    },
    "dump": { bytes in _ = try? extractor.extract(Document.Content(bytes: bytes, type: .plainText), url: nil) },
    "metrics": { bytes in
        // As given, as the text that it would be in an article, and as text that is mostly Chinese.
        let text = Array(String(decoding: bytes, as: UTF8.self).utf8)
        let chinese = Array("公司去年营收从".utf8) + text + Array("降至3万台，同比增长".utf8) + text
        for (text, isUTF8) in [(bytes, false), (text, true), (chinese, true)] {
            var last = 0
            for metric in metricExtractor.metrics(in: text) {
                let range = metric.span.range
                precondition(
                    metric.sentence.lowerBound <= range.lowerBound && range.upperBound <= metric.sentence.upperBound)
                precondition(range.lowerBound >= last && !range.isEmpty && range.upperBound <= text.count)
                last = range.upperBound
                for amount in amounts(of: metric) {
                    precondition((amount.low ?? 0).isFinite && (amount.high ?? 0).isFinite)
                    precondition((amount.low ?? 0) <= (amount.high ?? .infinity))
                }
                guard isUTF8 else { continue }
                // No span cuts a character.
                precondition(text[range.lowerBound] & 0xC0 != 0x80)
                precondition(range.upperBound == text.count || text[range.upperBound] & 0xC0 != 0x80)
            }
        }
    },
    "terms": { bytes in
        for match in matcher.matches(in: String(decoding: bytes, as: UTF8.self)) { precondition(!match.range.isEmpty) }
    },
    "http": { bytes in
        let now = Timestamp(seconds: 1_767_528_000)
        let headers = HTTPHeaders(block: bytes)
        _ = Freshness(headers, now: now)
        _ = LinkHeader.links(headers)
        for (name, value) in headers.list {
            precondition(headers[name] != nil)
            _ = RetryAfter.delay(value, now: now)
            _ = HTTPDate.parse(value, now: now)
            let type = ContentType(header: value)
            precondition(type.charset.map { !$0.contains("\"") } ?? true)
        }
    },
    "url": { bytes in
        let text = String(decoding: bytes, as: UTF8.self)
        // The normal form of a normal form is itself.
        if let url = try? HTTPURL(text) { precondition((try? HTTPURL(url.text))?.text == url.text) }
        if let base = try? HTTPURL("https://example.org/a/b?c"), let url = try? base.resolving(text) {
            precondition((try? HTTPURL(url.text))?.text == url.text)
        }
        if let canonical = CanonicalURL(text) { precondition(CanonicalURL(canonical.text) == canonical) }
    },
    "robots": { bytes in
        let robots = RobotsTXT(bytes)
        guard let url = try? HTTPURL("https://example.org/a/b/index.html?c=d") else { return }
        _ = robots.allows(url, agent: "wirewatch")
        _ = robots.crawlDelay(agent: "wirewatch")
    },
    "yaml": { bytes in
        _ = YAMLDocument.parse(bytes)
        guard let root = YAMLLayout(bytes)?.root else { return }
        precondition(root.range.upperBound <= bytes.count)
    },
    "header": { bytes in
        let text = String(decoding: bytes, as: UTF8.self)
        for link in LinkHeader.parse(text) {
            precondition(!link.relations.isEmpty && link.target.utf8.count <= text.utf8.count)
        }
        // Whatever it is, it is not the signature of these bytes under this key.
        precondition(!HMAC.verifies(text, of: bytes, key: [1, 2, 3]))
        _ = InboundRequest(path: text, headers: [(text, text)]).header(text)
        _ = InboundRoute.fault(in: text)
        _ = ContentType(header: text)
    },
    "json": { bytes in
        guard let shape = try? JSONSyntax.check(bytes) else { return }
        guard case .array(let elements) = shape else { return }
        for (range, next) in zip(elements, elements.dropFirst()) { precondition(range.upperBound < next.lowerBound) }
        // An element by itself is JSON, too.
        if let first = elements.first { precondition((try? JSONSyntax.check(Array(bytes[first]))) != nil) }
    },
    "units": { bytes in
        let text = String(decoding: bytes, as: UTF8.self)
        _ = HumanUnits.duration(text)
        _ = HumanUnits.size(text)
    },
]

/// All numbers of a metric: its own, those of its change and its equivalents.
private func amounts(of metric: Metric) -> [Amount] {
    let change = [metric.change?.from, metric.change?.to, metric.change?.by].compactMap { $0?.amount }
    return [metric.amount] + change + metric.equivalents.map(\.amount)
}

/// What a tree promises: document order, nesting, and text that is UTF-8 where the document was.
private func check(_ tree: MarkupTree, isUTF8: Bool) {
    precondition(tree.nodes[0].kind == .document && tree.nodes[0].end == tree.nodes.count)
    var buffer: [UInt8] = []
    func check(_ range: Range<Int>) {
        buffer.removeAll(keepingCapacity: true)
        tree.append(range, to: &buffer)
        precondition(buffer.count == range.count)
        precondition(!isUTF8 || String(validating: buffer, as: UTF8.self) != nil)
    }
    var path: [Int] = [0]
    for index in tree.indices.dropFirst() {
        let node = tree.nodes[index]
        while let last = path.last, tree.end(of: last) <= index { path.removeLast() }
        precondition(path.last == node.parent && node.end > index && node.end <= tree.end(of: path[path.count - 1]))
        precondition(node.kind == .element || node.end == index + 1)
        path.append(index)
        check(node.range)
        for attribute in tree.attributes(of: index) {
            check(attribute.name)
            check(attribute.value)
            precondition(tree.value(of: attribute).utf8.count >= 0)
        }
    }
    _ = tree.outline()
}

private let extractor = ArticleExtractor(ExtractOptions())
private let metricExtractor = MetricExtractor()
private let matcher = TermMatcher(["robot*", "large language model", "self-driving", "机器人", "AI"].map { Term($0) })

private let chosen: @Sendable ([UInt8]) -> Void = {
    let name = getenv("WIREWATCH_FUZZ_TARGET").map { String(cString: $0) } ?? ""
    guard let target = targets[name] else {
        perror("WIREWATCH_FUZZ_TARGET is none of \(targets.keys.sorted().joined(separator: ", "))")
        exit(64)
    }
    return target
}()

/// libFuzzer's entry (https://llvm.org/docs/LibFuzzer.html): the bytes are its own and live as long as the call.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    chosen(Array(UnsafeBufferPointer(start: start, count: count)))
    return 0
}
