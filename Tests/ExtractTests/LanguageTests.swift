import Testing
import WirewatchExtract
import WirewatchKit

struct LanguageTests {
    @Test(
        "the language of a text is that of its script and its small words",
        arguments: [
            ("The robot is in the hall, and the crates of the plant are with it; it was built for that.", "en"),
            ("Der Roboter ist in der Halle, und die Kisten sind nicht schwer; er hebt sie mit dem Arm auf.", "de"),
            ("Le robot est dans la salle, et les caisses ne sont pas lourdes pour une machine qui porte.", "fr"),
            ("\u{C9}T\u{C9} : LES CAISSES ET LE ROBOT SONT DANS UNE SALLE POUR LES PI\u{C8}CES DU NORD.", "fr"),
            ("Los robots del norte llevan las cajas por una sala para su empresa, como se ve en el patio.", "es"),
            ("Il robot che porta le casse non \u{E8} pesante, anche per gli uomini della sala con una gru.", "it"),
            (
                "Robotten \u{E4}r i hallen och det \u{E4}r inte tungt att lyfta som f\u{F6}r en m\u{E4}nniska p\u{E5} ett lager.",
                "sv"
            ),
            (
                "\u{420}\u{43E}\u{431}\u{43E}\u{442} \u{43D}\u{435}\u{441}\u{451}\u{442} \u{44F}\u{449}\u{438}\u{43A} \u{447}\u{435}\u{440}\u{435}\u{437} \u{446}\u{435}\u{445}.",
                "ru"
            ),
            (
                "\u{673A}\u{5668}\u{4EBA}\u{4ECA}\u{5929}\u{5728}\u{5DE5}\u{5382}\u{91CC}\u{642C}\u{8FD0}\u{8D27}\u{7269}\u{FF0C}\u{5DE5}\u{4EBA}\u{4EEC}\u{6765}\u{4E86}\u{3002}",
                "zh-Hans"
            ),
            (
                "\u{6A5F}\u{5668}\u{4EBA}\u{4ECA}\u{5929}\u{5728}\u{5DE5}\u{5EE0}\u{88E1}\u{642C}\u{904B}\u{8CA8}\u{7269}\u{FF0C}\u{5DE5}\u{4EBA}\u{5011}\u{4F86}\u{4E86}\u{3002}",
                "zh-Hant"
            ),
            (
                "\u{30ED}\u{30DC}\u{30C3}\u{30C8}\u{304C}\u{5DE5}\u{5834}\u{3067}\u{7BB1}\u{3092}\u{904B}\u{3093}\u{3067}\u{3044}\u{307E}\u{3059}\u{3002}",
                "ja"
            ),
            (
                "\u{B85C}\u{BD07}\u{C774} \u{ACF5}\u{C7A5}\u{C5D0}\u{C11C} \u{C0C1}\u{C790}\u{B97C} \u{B098}\u{B974}\u{ACE0} \u{C788}\u{C2B5}\u{B2C8}\u{B2E4}.",
                "ko"
            ),
            ("Robot crates 2026.", nil), ("", nil),
        ] as [(String, String?)])
    func guess(text: String, expected: String?) throws {
        let page = Document.Content(bytes: Array("<title>1</title><p>\(text)</p>".utf8), type: .html)
        #expect(try ArticleExtractor().extract(page).article.language == expected)
    }
}
