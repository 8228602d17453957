/// Names in addresses that say what a page is, in the languages that sites are most often written in.
enum ArticleNames {
    /// Anywhere in a path: lists, accounts, machinery.
    static let neverArticles: Set<String> = [
        "tag", "tags", "category", "categories", "topic", "topics", "label", "labels", "author", "authors", "profile",
        "kategorie", "kategorien", "thema", "themen", "autor", "autoren", "schlagwort", "categoria", "categorias",
        "etiqueta", "etiquetas", "tema", "temas", "autores", "categorie", "etiquette", "auteur", "auteurs", "argomento",
        "search", "suche", "recherche", "buscar", "busca", "cerca", "login", "signin", "sign-in", "log-in", "logout",
        "signup", "sign-up", "register", "registration", "anmelden", "account", "accounts", "my-account", "password",
        "wp-admin", "wp-login.php", "wp-content", "wp-json", "cdn-cgi", "cgi-bin", "feed", "feeds", "rss", "atom",
        "sitemap", "cart", "checkout", "basket", "warenkorb", "subscribe", "subscription", "subscriptions",
        "unsubscribe",
        "newsletter", "newsletters", "rss.xml", "abo", "share",
    ]

    /// As the last name of a path: the site's own pages and the fronts of its parts.
    static let ownPages: Set<String> = [
        "about", "about-us", "company", "contact", "contact-us", "contacts", "contacto", "kontakt", "privacy",
        "privacy-policy", "terms", "terms-of-service", "terms-of-use", "terms-and-conditions", "legal", "legal-notice",
        "imprint", "impressum", "datenschutz", "agb", "mentions-legales", "cookies", "cookie-policy", "accessibility",
        "advertise", "advertising", "mediadaten", "careers", "jobs", "karriere", "press", "presse", "prensa", "news",
        "newsroom", "blog", "blogs", "articles", "stories", "events", "podcast", "podcasts", "videos", "webinars",
        "team",
        "people", "staff", "masthead", "faq", "faqs", "help", "support", "sitemap", "home", "index", "default",
        "archive",
        "archives", "archiv", "all", "latest", "press-releases", "media", "investors", "products", "solutions",
        "services",
        "nachrichten", "noticias", "actualites", "download", "downloads", "docs", "documentation", "menu", "more",
        "donate",
    ]

    /// Folders that articles are in.
    static let newsFolders: Set<String> = [
        "news", "newsroom", "blog", "blogs", "article", "articles", "story", "stories", "post", "posts", "press",
        "press-release", "press-releases", "pressreleases", "releases", "insights", "magazine", "announcements",
        "updates",
        "nachrichten", "aktuelles", "artikel", "meldungen", "meldung", "presse", "pressemitteilungen", "noticias",
        "noticia",
        "articulo", "prensa", "actualites", "actualite", "notizie", "articolo", "nieuws", "nyheter", "noticia", "p",
    ]

    /// Folders whose pages have names like articles and are none.
    static let otherFolders: Set<String> = [
        "product", "products", "produkt", "produkte", "producto", "productos", "shop", "store", "solution", "solutions",
        "service", "services", "industries", "industry", "docs", "documentation", "support", "help", "download",
        "downloads",
        "team", "people", "staff", "person", "persons", "jobs", "job", "careers", "career", "karriere", "course",
        "courses",
        "event", "events", "webinar", "webinars", "forum", "forums", "user", "users", "member", "members", "legal",
        "policies", "investors", "partners", "directory", "company", "companies",
    ]

    /// Words of pages about law and contact, whatever else is in their names.
    static let legalWords: Set<String> = [
        "privacy", "cookie", "cookies", "terms", "imprint", "impressum", "datenschutz", "gdpr", "dsgvo",
        "accessibility",
        "disclaimer", "copyright", "contact", "advertise", "advertising", "newsletter", "subscribe", "sitemap",
    ]

    static let queryNames: Set<String> = [
        "p", "id", "article", "articleid", "article_id", "aid", "nid", "newsid", "news_id", "news", "story", "storyid",
        "post", "postid", "post_id", "item", "itemid", "entry",
    ]

    static let pageSuffixes: Set<String> = [
        "html", "htm", "xhtml", "shtml", "php", "php3", "php5", "asp", "aspx", "jsp", "jspx", "cfm", "cgi", "do",
    ]

    /// Files that are no pages.
    static let otherSuffixes: Set<String> = [
        "pdf", "jpg", "jpeg", "png", "gif", "webp", "avif", "svg", "ico", "bmp", "tif", "tiff", "css", "js", "mjs",
        "json",
        "xml", "rss", "atom", "zip", "gz", "tgz", "bz2", "xz", "7z", "rar", "tar", "mp3", "mp4", "m4a", "m4v", "mov",
        "avi",
        "mkv", "webm", "ogg", "wav", "flac", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "odt", "ods", "odp", "csv",
        "txt",
        "epub", "mobi", "ics", "vcf", "exe", "dmg", "pkg", "deb", "rpm", "apk", "iso", "img", "bin", "step", "stl",
        "woff",
        "woff2", "ttf",
    ]
}
