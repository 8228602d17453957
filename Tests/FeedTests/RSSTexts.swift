/// An RSS document.
func rss(
    _ items: [(guid: String, title: String)], extra: String = "", pages: String = "https://press.example"
) -> String {
    let body = items.map {
        "<item><title>\($0.title)</title><guid isPermaLink=\"false\">\($0.guid)</guid>"
            + "<link>\(pages)/\($0.guid)</link><description>About \($0.title)</description></item>"
    }
    return
        "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Press</title><link>https://press.example/</link>"
        + extra + body.joined() + "</channel></rss>"
}

func items(_ range: some Sequence<Int>) -> [(guid: String, title: String)] { range.map { ("g\($0)", "Item \($0)") } }
