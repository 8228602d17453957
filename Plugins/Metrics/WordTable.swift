/// What the grammar knows of a word.
struct WordClass: OptionSet {
    let rawValue: UInt64
    /// A function word: it is no part of a noun phrase.
    static let stop = WordClass(rawValue: 1 << 0)
    static let month = WordClass(rawValue: 1 << 1)
    static let weekday = WordClass(rawValue: 1 << 2)
    /// An auxiliary or common verb: the subject ends before it.
    static let verb = WordClass(rawValue: 1 << 3)
    /// A verb or adverb of growth or decline: `rose`, `cut`, `down`.
    static let change = WordClass(rawValue: 1 << 4)
    /// A noun of growth or decline: `increase`, `drop`.
    static let changeNoun = WordClass(rawValue: 1 << 5)
    static let downward = WordClass(rawValue: 1 << 6)
    /// Numbers after it are names: `version`, `chapter`, `figure`.
    static let label = WordClass(rawValue: 1 << 7)
    /// Speaks of what is to come: `planned`, `slated`.
    static let plan = WordClass(rawValue: 1 << 8)
    /// `faster`, `higher`, `as`: after `N times`, a ratio.
    static let comparative = WordClass(rawValue: 1 << 9)
    /// `past`, `next`, `last`, `coming`: durations after it are horizons.
    static let horizon = WordClass(rawValue: 1 << 10)
    /// `he`, `woman`: an age near it is a person's.
    static let person = WordClass(rawValue: 1 << 11)
    /// A plural without `s`: `people`.
    static let plural = WordClass(rawValue: 1 << 12)
    /// Ends in `s` and is no plural noun: `has`, `across`.
    static let notPlural = WordClass(rawValue: 1 << 13)
    /// Years after it are dates: `in`, `since`.
    static let beforeYear = WordClass(rawValue: 1 << 14)
    /// Nouns that a number may be tied to by a hyphen: `parameter`, `qubit`.
    static let hyphenNoun = WordClass(rawValue: 1 << 15)
    /// What a rate may be per: `share`, `person`.
    static let denominator = WordClass(rawValue: 1 << 16)
    /// `largest`, `biggest`: an ordinal before it is a rank.
    static let superlative = WordClass(rawValue: 1 << 17)
    static let determiner = WordClass(rawValue: 1 << 18)
    static let magnitude = WordClass(rawValue: 1 << 19)
    static let number = WordClass(rawValue: 1 << 20)
    /// `annual`, `monthly`: makes a rate of the amount that follows.
    static let periodic = WordClass(rawValue: 1 << 21)
    /// Money is spoken of: a `pound` is no weight.
    static let moneyCue = WordClass(rawValue: 1 << 22)
    static let preposition = WordClass(rawValue: 1 << 23)
    /// `thousands`: an amount only with `of`.
    static let pluralMagnitude = WordClass(rawValue: 1 << 24)
    /// May stand between a number and its unit: `three consecutive years`.
    static let unitAdjective = WordClass(rawValue: 1 << 25)
    /// After a number and a hyphen: `200-plus`.
    static let afterHyphen = WordClass(rawValue: 1 << 26)
    /// A verb of change whose object may be the whole amount: `raised $5 million`, `lost 3,000 jobs`.
    static let transitive = WordClass(rawValue: 1 << 27)
    /// `street`, `avenue`: the number before its name is a house's.
    static let way = WordClass(rawValue: 1 << 28)
    /// `could`, `if`: what follows may be so.
    static let possible = WordClass(rawValue: 1 << 29)
    /// `expected`, `forecast`: somebody foresees it.
    static let foreseen = WordClass(rawValue: 1 << 30)
    /// `will`, `plans`, `target`: somebody means to do it.
    static let intended = WordClass(rawValue: 1 << 31)
    static let negation = WordClass(rawValue: 1 << 32)
    /// `said`, `estimates`: who stands before it says so.
    static let report = WordClass(rawValue: 1 << 33)
    /// `found that`: the same with "that" behind it alone.
    static let finding = WordClass(rawValue: 1 << 34)
    /// `will`, `can`: the verb follows.
    static let modal = WordClass(rawValue: 1 << 35)
}

/// Words that the grammar names one by one. The raw value is the word.
enum Key: String, CaseIterable {
    case none = ""
    case a, an, the, of, to, from, between, and, or, by, at, on, per, each, every, within, over, under, about, around
    case inWord = "in", roughly, approximately, approx, circa, some, nearly, almost, close, near, above, below, beyond
    case exceeding, topping, surpassing, more, greater, less, fewer, lower, than, upwards, excess, least, most, no, not
    case up, much, many, high, maximum, minimum, just, well, slightly, little, estimated, average, far, asWord = "as"
    case times, time, ranking, placed, top, number, ranked, ranks, rank, second, third, one, two, half, quarter,
        quarters, dozen, dozens
    case couple, few, hundred, percent, consecutive, fold, twofold, threefold, fourfold, fivefold, tenfold, hundredfold
    case doubled, tripled, quadrupled, halved, doubling, tripling, twice, thrice
    case so, this, that, those, last, past, next, coming, previous, since, until, till, before, after, during, through
    case end, start, beginning, year, years, old, aged, age, annum, annually, yearly, monthly, weekly, daily, hourly
    case apiece, annual, am, pm, us, early, late, mid, plan, plans, its, their, both, all, these
    case square, cubic, squared, cubed, degree, degrees, downloaded, minus, negative, point, anotherWord = "another"
    case down, aim, aims, target, equal, long, low, something, thirds, thirdsOf = "fifths", ago, earlier, later, there
    case firstWord = "first", ratio, isWord = "is", reach, around2 = "somewhere", plus, x, p, n
    case forWord = "for", with, week, month, decade, now, date, today, rate
    case out, founded, established, opened, born, formed, launched, started
    case but, japan, japanese, tokyo, yen, china, chinese, beijing, yuan
    case be, been, being, have, has, had, are, was, were, also, only, according, such
    case north, south, larger, bigger, smaller, higher, approaching, firsts, read, street
    case make, makes, made, making, without, whom, which, them, freedom, pound, pounds, thick, wide, tall, deep, active,
        anywhere, range, ranges, ranged, ranging, vary, varies, varied
    case varying, faster, longer, better, stronger, quicker, cheaper, slower, shorter, lighter, thinner
    case exceeded, exceeds, exceed, topped, surpassed, surpasses
}

/// The words of the grammar by class, in data.
enum WordTable {
    static let classes: [(WordClass, String)] = [
        (
            [.stop, .determiner],
            "a an the this that these those its their his her our your my each every both another any some all no"
        ),
        (
            [.stop, .preposition],
            "of to from between by at on per within over under about around in into onto upon across against along among amid "
                + "beyond during for with without through throughout until till since before after above below near off out toward towards "
                + "via versus vs despite including plus minus like unlike than as up down worth"
        ),
        (
            [.stop],
            "and or but nor so yet if while when where which who whom whose what why how because although though whereas unless "
                + "not only also just even still already almost nearly roughly approximately approx circa more less fewer most least much many "
                + "few several other such same then there here now ever never very too quite rather well far ago later earlier together "
                + "instead meanwhile however therefore thus again once it he she they we you i them him us me himself itself themselves "
                + "respectively alone apiece annually yearly monthly weekly daily hourly estimated exceeding topping surpassing upwards "
                + "said says adding added total"
        ),
        (
            [.stop, .verb],
            "is are was were be been being am has have had having do does did will would shall should can could may might must "
                + "said says say told tells announced announces claims claimed reported reports noted notes plans planned aims aimed expects "
                + "expected predicts predicted estimates stands stood reached reaches reach hit hits totaled totalled totals came comes went "
                + "goes got gets made makes took takes take uses used use includes included include contains contained boasts offers offered "
                + "costs cost sells sold shipped ships holds held raised raises attracted garnered secured serves served employs employed "
                + "runs ran owns owned operates operated covers covered spans spanned features featured supports supported requires required "
                + "generated generates produced produces processed processes handles handled delivers delivered launched launches opened "
                + "became become becomes remains remained appears appeared cited mentioned exceeded exceeds exceed topped surpassed surpasses "
                + "accounts accounted represents represented equals weighs weighed measures measured lasts lasted received receives signed won "
                + "lost loses paid pays spent invested recorded posted found showed shows gives give given followed lead leads led spread "
                + "compared combined working trained built based called named known valued priced capped ranked stood listed rated capable expect manages managed exposed exposes hopes hoped began begins kept keeps drew moved allowed allows believed believes agreed agrees approved detected failed picked booked forecasts forecast predict estimated hire hires build builds buy buys bought spend earn earns earned create creates serve reported warns warned"
        ),
        (
            [.stop, .verb, .change],
            "rose rises risen rising grew grows grown growing increased increases increasing climbed climbs climbing jumped jumps "
                + "jumping surged surges surging soared soars soaring gained gains gaining advanced lifted lifts lifting lift boosted boosts "
                + "boosting boost raised raising expanded expands expanding expand improved improves improving improve accelerated doubled tripled "
                + "quadrupled added edged ticked rallied rebounded grow climb surge soar hiked widened widens widening swelled ballooned"
        ),
        (
            [.stop, .verb, .change, .downward],
            "fell falls fallen falling dropped drops dropping declined declines declining decreased decreases decreasing slid slides slipped "
                + "slips sank sinks plunged plunges plunging tumbled tumbles slumped slumps shrank shrinks shrunk shrinking cut cuts cutting "
                + "reduced reduces reducing reduce lowered lowers lowering slashed slashes slashing slash halved lost shed dipped trimmed "
                + "plummeted eased contracted narrowed narrows narrowing cutting decline decrease shave shaved fall"
        ),
        ([.change], "up rise increase jump gain higher more raise"),
        ([.change, .downward], "down drop lower dip less fewer"),
        (
            [.changeNoun],
            "increase increases rise growth gain gains jump surge hike boost improvement expansion uptick upswing leap climb increment"
        ),
        (
            [.changeNoun, .downward],
            "decrease decreases fall drop decline declines reduction reductions cut cuts dip slump plunge slide "
                + "contraction"
        ),
        (
            [.month],
            "january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct "
                + "nov dec"
        ),
        ([.weekday], "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thurs fri"),
        (
            [.label],
            "version chapter phases lines columns fractions codes groups panel panels page pages fig figs figure figures table tables section sections eq eqs equation article no nos phase level "
                + "stage step room gate flight route highway interstate apartment suite building unit series model gen generation grade pp "
                + "tier type class category part volume vol issue episode season round group zone area block lot bus line channel act bill rule "
                + "ref refs code fy q formula fortune windows exercise protocol proposition psalm windows ios android chapter exhibit item ex caption slide photo image"
        ),
        (
            [.plan],
            "planned slated scheduled due set targeted expected aimed earmarked targeting expects plans plan aims aim target targets goal "
                + "goals pledged pledges committed hopes intends will launch debut begin start anticipated projected forecast"
        ),
        (
            [.comparative],
            "faster slower higher lower larger smaller bigger better greater more less cheaper longer shorter stronger brighter "
                + "as that the its their what those quicker lighter heavier denser wider thinner fewer closer"
        ),
        ([.horizon], "past last next coming previous recent following first final prior preceding upcoming subsequent"),
        (
            [.person],
            "he she man woman boy girl who mother father son daughter i yo actor singer him her his widow born"
        ),
        (
            [.plural],
            "people children men women staff personnel aircraft spacecraft data media criteria phenomena series species cattle mice "
                + "feet teeth police sheep fish gpus tpus npus cpus chips satellites robots aircrafts folks kids crew headquarters drones"
        ),
        (
            [.notPlural],
            "is was has does axis tennis paris iris goes does says this its us as across plus less unless previous various famous business process access address focus bus gas "
                + "status analysis basis crisis thus always perhaps besides towards afterwards news serious continuous numerous enormous "
                + "obvious hence express loss press class glass mass success progress wireless sometimes says goes makes takes uses gets comes "
                + "needs wants gives helps shows lets stands remains holds includes means costs weighs lasts his hers ours yours theirs yes consecutive versus mathematics physics politics economics"
        ),
        (
            [.beforeYear],
            "in since by until till from during of before after late early mid year fiscal circa spring summer autumn fall winter fy through "
                + "around to and the for back end beginning start q1 q2 q3 q4 h1 h2 ces for june-"
        ),
        (
            [.hyphenNoun],
            "parameter parameters token tokens qubit qubits core cores gpu seat person member megapixel employee story storey point layer "
                + "room bed car unit vehicle transistor"
        ),
        (
            [.denominator],
            "share person capita user unit vehicle car ton tonne token tokens seat customer household employee wafer chip head piece night "
                + "barrel bushel gallon litre liter acre hectare ounce pound kilo bottle ticket query image device subscriber worker kilowatt-hour watt call trip ride patient student "
                + "order transaction gram dose"
        ),
        (
            [.unitAdjective],
            "consecutive straight full successive additional more extra working business calendar trading solid whole further short "
                + "metric us linear"
        ),
        (
            [.transitive],
            "raised raises raising raise lost lose loses added adds cut cuts cutting shed gained gain boost boosts lift lifts lifting lifted saved saves"
        ),
        ([.afterHyphen], "strong plus odd"),
        ([.possible], "could may might would if potentially possibly perhaps maybe whether unless"),
        (
            [.foreseen],
            "expected expects expect forecast forecasts predicted predicts predict projected projects projections likely anticipated "
                + "anticipates poised estimates"
        ),
        (
            [.intended],
            "will plans plan planned planning aims aim aimed aiming target targets targeted targeting goal goals intends intend pledged "
                + "pledges pledge committed vowed vows hopes hope hoping wants want seeks seek seeking proposed proposes slated"
        ),
        ([.modal], "will would shall should can could may might must cannot"),
        ([.negation], "not never neither denied denies deny without cannot"),
        (
            [.report],
            "said says say told reported reports estimated estimates estimate predicted predicts forecast forecasts expects expect "
                + "projects projected claims claimed noted notes announced announces believes reckons calculates calculated "
                + "stated states warned warns wrote writes"
        ),
        ([.finding], "found finds shows showed show added adds argued argues suggests suggested indicates indicated"),
        ([.way], "street st road rd avenue ave lane drive boulevard blvd parkway terrace crescent plaza"),
        (
            [.superlative],
            "largest biggest highest smallest lowest fastest best most-populous richest busiest longest tallest most strongest oldest "
                + "youngest worst cheapest-ranked most-visited largest-ever"
        ),
        ([.periodic], "annual annually yearly monthly weekly daily hourly quarterly"),
        (
            [.moneyCue],
            "spent spend pay paid cost costs price worth pounds-sterling earn earned salary budget million billion trillion"
        ),
    ]

    static let numbers: [String: Double] = [
        "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
        "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
        "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fourty": 40,
        "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
    ]

    /// Parts: the denominator of `two thirds`.
    static let parts: [String: Double] = [
        "half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fourth": 4, "fourths": 4,
        "fifth": 5, "fifths": 5, "sixth": 6, "sixths": 6, "seventh": 7, "sevenths": 7, "eighth": 8, "eighths": 8,
        "ninth": 9, "ninths": 9, "tenth": 10, "tenths": 10, "hundredth": 100, "hundredths": 100,
        "thousandth": 1_000, "thousandths": 1_000, "eleventh": 11, "elevenths": 11, "twelfth": 12, "twelfths": 12,
        "thirteenths": 13, "fifteenth": 15, "fifteenths": 15, "sixteenth": 16, "sixteenths": 16, "twentieth": 20,
        "twentieths": 20, "thirtieth": 30, "thirtieths": 30, "fortieth": 40, "fortieths": 40, "fiftieth": 50,
        "fiftieths": 50, "sixtieth": 60, "sixtieths": 60, "seventieth": 70, "seventieths": 70, "eightieth": 80,
        "eightieths": 80, "ninetieth": 90, "ninetieths": 90, "millionth": 1_000_000, "millionths": 1_000_000,
        "billionth": 1e9, "billionths": 1e9, "trillionth": 1e12, "trillionths": 1e12,
    ]

    /// Ordinals as words, for ranks.
    static let ordinals: [String: Double] = [
        "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8,
        "ninth": 9, "tenth": 10,
    ]
}
