/// The names that dates are written with. Months and weekdays in English and in the languages whose news pages are
/// met most beside it; keys in lower case.
enum DateNames {
    static let months: [String: Int] = table([
        "january jan januar janvier enero gennaio janeiro januari j\u{E4}nner",
        "february feb februar f\u{E9}vrier febrero febbraio fevereiro februari",
        "march mar m\u{E4}rz mars marzo mar\u{E7}o maart",
        "april apr avril abril aprile",
        "may mai mayo maggio maio mei",
        "june jun juni juin junio giugno junho",
        "july jul juli juillet julio luglio julho",
        "august aug ao\u{FB}t agosto augustus",
        "september sept sep septembre septiembre settembre setembro",
        "october oct oktober octobre octubre ottobre outubro okt",
        "november nov novembre noviembre novembro",
        "december dec dezember d\u{E9}cembre diciembre dicembre dezembro dez",
    ])

    /// Names that running text in English has other uses for, and those of more languages. Months first to last, in
    /// Greek, Hungarian, Russian, Polish, Czech, Danish, Swedish, Finnish, Turkish, and short forms.
    static let foreignMonths: [String: Int] = table([
        """
        ιαν ιανουαρίου január jan янв января stycznia sty ledna led tammikuuta ocak oca janv ene gen \
        leden januar\u{E1}
        """,
        """
        φεβ φεβρουαρίου február febr фев февр февраля lutego lut února úno helmikuuta şubat şub f\u{E9}vr fevr f\u{E9}v \
        fev
        """,
        "mär μαρ μάρ μάώ μαώ μαρτίου március márc мар марта marca března bře maaliskuuta mart marts mrt",
        "απρ απριλίου április ápr апр апреля kwietnia kwi dubna dub huhtikuuta nisan nis avr abr",
        "μάι μαϊ μαι μαΐου május máj май мая maja května kvě toukokuuta mayıs maj mag",
        "ιούν ιον ιουν ιουνίου június jún июн июня czerwca cze června čvn kesäkuuta haziran haz giu",
        "ιούλ ιολ ιουλ ιουλίου július júl июл июля lipca lip července čvc heinäkuuta temmuz tem juil lug",
        "αύγ αυγ αυγούστου augusztus авг августа sierpnia sie srpna srp elokuuta ağustos ağu ao\u{FB} aout ago",
        "σεπ σεπτεμβρίου szeptember szept сен сент сентября września wrz září zář syyskuuta eylül eyl set",
        "οκτ οκτωβρίου október окт октября października paź října říj lokakuuta ekim eki ott out",
        "νοέ νοε νοεμβρίου november ноя нояб ноября listopada lis listopadu marraskuuta kasım kas",
        "δεκ δεκεμβρίου december дек декабря grudnia gru prosince pro joulukuuta aralık ara d\u{E9}c dic desember des",
    ])

    /// Weekdays of more languages, most of them short, as the foreign months.
    static let foreignWeekdays: Set<String> = Set(
        """
        mo di mi do fr sa so die mit don fre sam son lun mar mer jeu ven dim mié mie jue vie sáb sab dom \
        lunedì martedì mercoledì giovedì venerdì sabato domenica gio seg ter qua qui sex segunda terça quarta quinta \
        sexta ma wo za zo maandag dinsdag woensdag donderdag vrijdag zaterdag zondag miércoles sábado \
        mån tis ons tor fre lör sön man lør søn κυρ δευ τρι τετ πεμ παρ σαβ hétfő kedd szerda csütörtök péntek \
        szombat vasárnap пн вт ср чт пт сб вс pon wto śro czw pią sob nie út st čt pá ne tirs weds thrs \
        월 화 수 목 금 토 일
        """.split(separator: " ").map(String.init))

    static let weekdays: Set<String> = Set(
        """
        monday mon tuesday tue tues wednesday wed thursday thu thur thurs friday fri saturday sat sunday sun \
        montag dienstag mittwoch donnerstag freitag samstag sonntag lundi mardi mercredi jeudi vendredi samedi dimanche \
        lunes martes jueves viernes domingo
        """.split(separator: " ").map(String.init))

    /// RFC 822's American names (so `CST` is Chicago's), then those that are met with one meaning.
    static let zones: [(String, Int)] = [
        ("z", 0), ("est", -300), ("edt", -240), ("cst", -360), ("cdt", -300), ("mst", -420), ("mdt", -360),
        ("pst", -480), ("pdt", -420), ("akst", -540), ("hst", -600), ("bst", 60), ("wet", 0), ("cet", 60),
        ("cest", 120), ("eet", 120), ("eest", 180), ("msk", 180), ("ist", 330), ("sgt", 480), ("hkt", 480),
        ("awst", 480), ("jst", 540), ("kst", 540), ("aest", 600), ("aedt", 660), ("nzst", 720), ("nzdt", 780),
        ("beijing time", 480), ("mez", 60), ("mesz", 120),
    ]

    static let americanZones: [(String, Int)] = [("et", -300), ("ct", -360), ("mt", -420), ("pt", -480)]

    /// Zones that are words in lower case.
    static let capitalZones: [(String, Int)] = [
        ("AT", -240), ("AST", -240), ("ADT", -180), ("MET", 60), ("MEST", 120), ("UT", 0), ("NT", -210), ("NST", -210),
        ("NDT", -150), ("ACST", 570), ("ACDT", 630), ("WIB", 420), ("BRT", -180), ("ART", -180), ("CLT", -240),
        ("SAST", 120), ("EAT", 180), ("PKT", 300), ("ICT", 420), ("PHT", 480), ("AKDT", -480), ("WEST", 60),
    ]

    /// Places of the time zone database, in lower case.
    static let places: [String: DateScanner.Zone] = [
        "america/los_angeles": .american(-480), "america/denver": .american(-420),
        "america/chicago": .american(-360), "america/new_york": .american(-300),
        "america/toronto": .american(-300), "america/vancouver": .american(-480),
        "us/pacific": .american(-480), "us/mountain": .american(-420), "us/central": .american(-360),
        "us/eastern": .american(-300), "america/sao_paulo": .offset(-180),
        "america/argentina/buenos_aires": .offset(-180), "america/bogota": .offset(-300),
        "europe/london": .european(0), "europe/dublin": .european(0), "europe/lisbon": .european(0),
        "europe/paris": .european(60), "europe/berlin": .european(60), "europe/madrid": .european(60),
        "europe/rome": .european(60), "europe/amsterdam": .european(60), "europe/brussels": .european(60),
        "europe/vienna": .european(60), "europe/zurich": .european(60), "europe/stockholm": .european(60),
        "europe/oslo": .european(60), "europe/copenhagen": .european(60), "europe/prague": .european(60),
        "europe/warsaw": .european(60), "europe/budapest": .european(60), "europe/athens": .european(120),
        "europe/helsinki": .european(120), "europe/kiev": .european(120), "europe/kyiv": .european(120),
        "europe/bucharest": .european(120), "europe/sofia": .european(120), "europe/istanbul": .offset(180),
        "europe/moscow": .offset(180), "asia/dubai": .offset(240), "asia/karachi": .offset(300),
        "asia/kolkata": .offset(330), "asia/calcutta": .offset(330), "asia/bangkok": .offset(420),
        "asia/jakarta": .offset(420), "asia/shanghai": .offset(480), "asia/hong_kong": .offset(480),
        "asia/singapore": .offset(480), "asia/taipei": .offset(480), "asia/manila": .offset(480),
        "asia/tokyo": .offset(540), "asia/seoul": .offset(540), "africa/johannesburg": .offset(120),
        "africa/lagos": .offset(60), "africa/nairobi": .offset(180), "australia/brisbane": .offset(600),
        "australia/perth": .offset(480), "etc/utc": .offset(0), "etc/gmt": .offset(0),
    ]

    private static func table(_ rows: [String]) -> [String: Int] {
        var table: [String: Int] = [:]
        for (index, row) in rows.enumerated() {
            for name in row.split(separator: " ") { table[String(name)] = index + 1 }
        }
        return table
    }
}
