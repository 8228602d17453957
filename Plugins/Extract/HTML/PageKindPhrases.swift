internal import WirewatchMarkup

/// The words by which pages that are no articles say so.
enum PageKindPhrases {
    /// Whole titles, or parts of titles between bars, dashes and colons: letters and digits alone, as
    /// ``PageMetadata/plain(_:)`` gives them.
    static let notFoundTitles = titles(
        """
        404|410|404 error|error 404|404 not found|404 page not found|page not found|page not found 404|not found|page not found error|\
        file not found|page cannot be found|page can't be found|this page could not be found|this page can't be found|\
        this page cannot be found|this page does not exist|this page doesn't exist|page does not exist|page doesn't exist|\
        page no longer exists|this page is no longer available|page no longer available|page unavailable|page not available|\
        page isn't available|this page isn't available|content not found|article not found|story not found|post not found|\
        nothing found|nothing was found|oops that page can't be found|oops page not found|oops|\
        sorry page not found|we can't find that page|we can't find the page you're looking for|410 gone|\
        seite nicht gefunden|die seite wurde nicht gefunden|seite nicht verf\u{FC}gbar|fehler 404|artikel nicht gefunden|\
        page introuvable|page non trouv\u{E9}e|erreur 404|cette page n'existe pas|\
        p\u{E1}gina no encontrada|p\u{E1}gina n\u{E3}o encontrada|error 404 p\u{E1}gina no encontrada|pagina non trovata|errore 404|\
        pagina niet gevonden|siden ble ikke funnet|sidan kunde inte hittas|siden blev ikke fundet|strona nie znaleziona|\
        页面不存在|页面未找到|您访问的页面不存在|找不到页面|页面找不到|找不到网页|頁面不存在|找不到頁面|ページが見つかりません|お探しのページは見つかりませんでした|\
        페이지를 찾을 수 없습니다|страница не найдена
        """)

    static let blockedTitles = titles(
        """
        just a moment|attention required|attention required cloudflare|access denied|access to this page has been denied|\
        403 forbidden|403|forbidden|error 403|are you a robot|bloomberg are you a robot|robot check|pardon our interruption|\
        security check|security verification|human verification|verify you are human|verifying you are human|\
        checking your browser|ddos guard|request blocked|request rejected|the request could not be satisfied|\
        you have been blocked|sorry you have been blocked|unusual traffic detected|too many requests|429 too many requests|\
        captcha|recaptcha|please verify you are a human|robot or human|client challenge|\
        安全验证|访问验证|滑动验证|人机验证
        """)

    static let consentTitles = titles(
        """
        before you continue|cookie consent|your privacy|your privacy choices|privacy settings|we value your privacy|\
        we care about your privacy|privacy preference center|cookie settings|consent|datenschutzeinstellungen|\
        zustimmung|cookie einstellungen|privacy gate|dpg media privacy gate|gestion des cookies
        """)

    static let loginTitles = titles(
        """
        log in|login|sign in|signin|log in or sign up|sign in or register|log in to continue|sign in to continue|\
        please log in|please sign in|member login|subscriber login|account login|register|create an account|\
        anmelden|einloggen|connexion|se connecter|s'identifier|iniciar sesi\u{F3}n|acceder|entrar|accedi|inloggen|logga in|\
        登录|用户登录|登入|ログイン|로그인
        """)

    /// Sentences of short blocks, folded.
    static let notFound: [StaticString] = [
        "page you are looking for", "page you were looking for", "page you're looking for", "page you requested",
        "page you have requested", "page you are trying to", "page you tried to", "requested url was not found",
        "requested page could not be found", "requested page was not found", "article you are looking for",
        "article you requested", "story you are looking for", "content you are looking for", "page may have been moved",
        "page may have moved", "page has been removed", "page has moved or", "can't find the page",
        "cannot find the page", "couldn't find the page", "could not find the page", "couldn't find that page",
        "can't find that page", "it seems we can't find what", "nothing was found at this location",
        "diese seite existiert nicht", "seite wurde leider nicht gefunden", "gesuchte seite",
        "la page que vous recherchez", "la page demand\u{E9}e", "la p\u{E1}gina que buscas",
        "la p\u{E1}gina solicitada", "您访问的页面", "您要访问的页面", "お探しのページ",
    ]

    static let blocked: [StaticString] = [
        "verify you are human", "verify that you are human", "verifying you are human", "verify you're not a robot",
        "confirm you are not a robot", "confirm you are human", "prove you are human", "prove you're not a robot",
        "checking your browser before", "checking if the site connection is secure", "unusual traffic from your",
        "unusual activity from your", "press & hold", "press and hold", "you don't have permission to access",
        "access to this page has been denied", "complete the security check", "complete the captcha",
        "ddos protection by", "performance & security by cloudflare", "you have been blocked",
        "your request has been blocked",
        "blocked because we believe you are using automation", "needs to review the security of your connection",
        "the request could not be satisfied", "请完成安全验证", "请拖动滑块",
    ]

    static let login: [StaticString] = [
        "log in to continue", "login to continue", "sign in to continue", "please log in to", "please login to",
        "please sign in to", "you must be logged in", "you need to be logged in", "you must log in", "you must sign in",
        "you need to sign in", "you need to log in", "log in to view", "sign in to view", "log in to your account",
        "sign in to your account", "bitte melden sie sich an", "veuillez vous connecter", "inicia sesi\u{F3}n para",
        "请登录", "请先登录",
    ]

    static let script: [StaticString] = [
        "enable javascript", "enabling javascript", "enable java script", "javascript is disabled",
        "javascript is not enabled",
        "javascript is required", "javascript must be enabled", "requires javascript", "need javascript",
        "needs javascript", "javascript to run this app", "turn on javascript", "without javascript",
        "doesn't work properly without javascript", "activate javascript", "javascript aktivieren",
        "activer javascript",
        "activez javascript", "habilita javascript", "active javascript", "启用javascript", "开启javascript",
        "javascriptを有効",
    ]

    static let consent: [StaticString] = [
        "cookie", "consent", "privacy policy", "our partners", "personal data", "personalised ads", "personalized ads",
        "personalised advertising", "personalized advertising", "legitimate interest", "datenschutz", "einwilligung",
        "donn\u{E9}es personnelles", "consentement", "datos personales", "consentimiento", "隐私政策",
    ]

    /// What buttons of consent say.
    static let consentButtons: [StaticString] = [
        "accept", "agree", "reject", "manage", "consent", "allow all", "zustimmen", "akzeptieren", "ablehnen",
        "accepter",
        "refuser", "aceptar", "rechazar", "accetta", "rifiuta", "accepteren", "同意",
    ]

    /// What stands where a text is cut off for those who do not pay.
    static let paywall: [StaticString] = [
        "to continue reading", "to keep reading", "to read the full", "to read this article", "to read this story",
        "to read the rest", "to unlock this", "to view the full", "to access this article", "to access the full",
        "read the full article with", "read the full story with", "unlock this article", "unlock this story",
        "unlock the full", "continue reading with a", "continue reading your article",
        "continue reading this article with",
        "article is for subscribers", "story is for subscribers", "content is for subscribers",
        "article is for paying", "post is for paid subscribers", "post is for paying subscribers",
        "for subscribers only",
        "for paid subscribers", "exclusively for subscribers", "exclusive to subscribers", "available to subscribers",
        "available only to subscribers", "available exclusively to", "only available to subscribers",
        "reserved for subscribers",
        "subscriber-only", "subscribers-only", "members-only content", "for members only", "this is a premium article",
        "premium content", "reached your limit of free", "reached your free article", "used all your free",
        "your free articles", "subscribe to read", "subscribe to continue", "subscribe to unlock",
        "subscribe for full access",
        "register to read", "register to continue", "sign up to read", "sign in to read", "log in to read",
        "register for free to", "create a free account to", "weiterlesen mit", "um weiterzulesen", "jetzt weiterlesen",
        "f\u{FC}r abonnenten", "nur f\u{FC}r abonnent", "diesen artikel lesen mit",
        "r\u{E9}serv\u{E9} aux abonn\u{E9}s",
        "r\u{E9}serv\u{E9}e aux abonn\u{E9}s", "la suite est r\u{E9}serv\u{E9}e", "pour lire la suite",
        "abonnez-vous pour", "solo para suscriptores", "exclusivo para suscriptores", "para seguir leyendo",
        "suscr\u{ED}bete para", "per continuare a leggere", "riservato agli abbonati", "contenuto riservato",
        "exclusivo para assinantes", "para continuar lendo", "om verder te lezen", "voor abonnees",
        "付费阅读", "订阅后继续阅读", "付费内容", "开通会员", "有料会員限定", "会員限定記事", "続きを読むには",
    ]

    /// What says, with a number, how much of a text is missing.
    static let remainder: [StaticString] = [
        "il vous reste", "% of this article remain", "% of this story remain", "% dieses artikels", "剩余", "残り",
    ]

    private static func titles(_ text: String) -> Set<[UInt8]> {
        Set(text.split(separator: "|").map { PageMetadata.plain(String($0)) })
    }
}
