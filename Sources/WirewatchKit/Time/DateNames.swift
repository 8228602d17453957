internal import WirewatchText

/// The names that dates are written with. Months and weekdays in English and in the languages whose news pages are
/// met most beside it; keys in lower case.
enum DateNames {
    /// What a word is in a date, of ``words``.
    struct Word {
        private let bits: Int

        init(_ bits: Int32) { self.bits = Int(bits) }

        /// The month of a name that is a month's in any text, or also of those where all of a text is a date.
        func month(isWhole: Bool) -> Int? {
            let known = bits & 0xF
            if known != 0 { return known }
            return isWhole && bits & 0xF0 != 0 ? bits >> 4 & 0xF : nil
        }

        /// Monday is 1; as for months.
        func weekday(isWhole: Bool) -> Int? {
            let known = bits >> 8 & 0xF
            if known != 0 { return known }
            return isWhole && bits & 0xF000 != 0 ? bits >> 12 & 0xF : nil
        }
    }

    /// Months and weekdays of all languages.
    static let words: WordTable = {
        var rows: [(words: String, value: Int32)] = []
        for (index, names) in months.enumerated() { rows.append((names, Int32(index + 1))) }
        for (index, names) in foreignMonths.enumerated() { rows.append((names, Int32(index + 1) << 4)) }
        for (index, names) in weekdays.enumerated() { rows.append((names, Int32(index + 1) << 8)) }
        for (index, names) in foreignWeekdays.enumerated() { rows.append((names, Int32(index + 1) << 12)) }
        return WordTable(rows)
    }()

    private static let months = [
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
    ]

    /// Names that running text in English has other uses for, and those of more languages. Months first to last, in
    /// Greek, Hungarian, Russian, Polish, Czech, Danish, Swedish, Finnish, Turkish, Dutch, and short forms.
    private static let foreignMonths = [
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
    ]

    /// Weekdays, Monday first.
    private static let weekdays = [
        "monday mon montag lundi lunes", "tuesday tue tues dienstag mardi martes",
        "wednesday wed mittwoch mercredi", "thursday thu thur thurs donnerstag jeudi jueves",
        "friday fri freitag vendredi viernes", "saturday sat samstag samedi", "sunday sun sonntag dimanche domingo",
    ]

    /// Weekdays of more languages, most of them short, as the foreign months.
    private static let foreignWeekdays = [
        "mo lun lunedì seg segunda ma maandag mån man δευ hétfő пн понедельник pon poniedziałek pondělí po",
        "di mar martedì ter terça dinsdag tis tir tirs τρι kedd вт вторник wto wtorek út úterý",
        "mi mit mer mié mie mercoledì miércoles qua quarta wo woensdag ons τετ szerda ср среда śro środa st středa weds",
        "do don jeu jue gio giovedì qui quinta donderdag tor πεμ csütörtök чт четверг czw czwartek čt čtvrtek thrs",
        "fr fre ven vie venerdì sex sexta vr vrijdag παρ péntek пт пятница pią piątek pá pátek",
        "sa sam sáb sab sabato sábado zaterdag za lör lør σαβ szombat сб суббота sob sobota sonnabend",
        "so son dim dom domenica zo zondag sön søn κυρ vasárnap вс воскресенье nie niedziela ne neděle",
    ]

    /// Zones with one offset in minutes: RFC 822's American names (so `CST` is Chicago's; ``DateHints/isChinese`` makes
    /// it China's), then those that are met with one meaning.
    static let zones = WordTable([
        ("z utc gmt ut wet", 0), ("est", -300), ("edt", -240), ("cst", -360), ("cdt", -300), ("mst", -420),
        ("mdt", -360),
        ("pst", -480), ("pdt", -420), ("akst", -540), ("hst", -600), ("bst", 60), ("cet mez", 60),
        ("cest mesz", 120), ("eet", 120), ("eest", 180), ("msk", 180), ("ist", 330), ("sgt hkt awst", 480),
        ("jst kst", 540), ("aest", 600), ("aedt", 660), ("nzst", 720), ("nzdt", 780),
    ])

    /// `ET`, `PT`: an hour more while summer time holds.
    static let americanZones = WordTable([("et", -300), ("ct", -360), ("mt", -420), ("pt", -480)])

    /// Zones that are words in lower case.
    static let capitalZones = WordTable([
        ("at ast clt", -240), ("adt brt art", -180), ("met west", 60), ("mest sast", 120),
        ("nt nst", -210), ("ndt", -150), ("acst", 570), ("acdt", 630), ("wib ict", 420), ("eat", 180),
        ("pkt", 300), ("pht", 480), ("akdt", -480),
    ])

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
}
