/// What a unit measures.
enum Dimension: UInt8, CaseIterable {
    case number, count, percent, money, time, length, area, volume, mass, temperature, angle, data, power, energy
    case frequency, compute, rate, ratio, rank, year, other

    /// The dimension's place in a set of dimensions.
    var bit: UInt32 { 1 << UInt32(rawValue) }
}

/// A unit: its code and what it measures.
struct Unit {
    /// ISO 4217 for money, UCUM for the rest.
    var code: String
    var dimension: Dimension
}

/// The units by name, in data. A line holds the names in the singular and plural, spaces inside a name as `_`, then
/// the code. Codes are UCUM (https://ucum.org), or the field's own where UCUM has none (FLOP, TOPS, token).
enum UnitTable {
    /// Names, whatever their case.
    static let names: [(Dimension, String)] = [
        (
            .percent,
            """
            percent percents per_cent pct percentage : %
            percentage_point percentage_points percent_points pp pps ppt : pp
            basis_point basis_points bp bps : bp
            """
        ),
        (
            .time,
            """
            second seconds sec secs : s
            millisecond milliseconds msec : ms
            microsecond microseconds : us
            nanosecond nanoseconds : ns
            minute minutes mins : min
            hour hours hr hrs : h
            day days : d
            week weeks : wk
            month months mos : mo
            year years yr yrs : a
            """
        ),
        (
            .length,
            """
            meter meters metre metres : m
            kilometer kilometers kilometre kilometres kms : km
            centimeter centimeters centimetre centimetres : cm
            millimeter millimeters millimetre millimetres : mm
            decimeter decimetre : dm
            micrometer micrometers micrometre micrometres micron microns : um
            nanometer nanometers nanometre nanometres : nm
            picometer picometers picometre picometres : pm
            angstrom angstroms : Ao
            foot feet ft : [ft_i]
            inch inches : [in_i]
            yard yards : [yd_i]
            mile miles mi : [mi_i]
            nautical_mile nautical_miles : [nmi_i]
            light_year light_years lightyear lightyears light-year light-years : [ly]
            """
        ),
        (
            .area,
            """
            square_meter square_meters square_metre square_metres sq_m sqm : m2
            square_kilometer square_kilometers square_kilometre square_kilometres sq_km : km2
            square_millimeter square_millimeters square_millimetre square_millimetres : mm2
            square_centimeter square_centimeters square_centimetre square_centimetres : cm2
            square_mile square_miles sq_mi : [smi_us]
            square_foot square_feet sq_ft sqft : [sft_i]
            hectare hectares : har
            acre acres : [acr_us]
            """
        ),
        (
            .volume,
            """
            liter liters litre litres : L
            milliliter milliliters millilitre millilitres : mL
            cubic_meter cubic_meters cubic_metre cubic_metres : m3
            cubic_kilometer cubic_kilometers cubic_kilometre cubic_kilometres : km3
            cubic_foot cubic_feet : [cft_i]
            cubic_millimeter cubic_millimeters cubic_millimetre cubic_millimetres : mm3
            cubic_centimeter cubic_centimeters cubic_centimetre cubic_centimetres : cm3
            gallon gallons : [gal_us]
            barrel barrels bbl : [bbl_us]
            cup : [cup_us]
            teaspoon teaspoons tsp : [tsp_us]
            tablespoon tablespoons tbsp : [tbs_us]
            pint pints : [pt_us]
            """
        ),
        (
            .mass,
            """
            gram grams gramme grammes : g
            kilogram kilograms kilogramme kilogrammes kilo kilos kgs : kg
            milligram milligrams milligramme milligrammes : mg
            microgram micrograms microgramme microgrammes mcg : ug
            tonne tonnes ton tons metric_ton metric_tons metric_tonne metric_tonnes : t
            megaton megatons megatonne megatonnes : Mt
            gigaton gigatons gigatonne gigatonnes : Gt
            lb lbs pound pounds : [lb_av]
            ounce ounces : [oz_av]
            carat carats : [car_m]
            """
        ),
        (
            .temperature,
            """
            celsius celcius centigrade degree_celsius degrees_celsius degree_celcius degrees_celcius : Cel
            degrees_centigrade degree_centigrade degree_c degrees_c deg_c : Cel
            fahrenheit farenheit degree_fahrenheit degrees_fahrenheit degrees_farenheit : [degF]
            degree_f degrees_f deg_f : [degF]
            kelvin kelvins : K
            """
        ),
        (
            .angle,
            """
            degree degrees deg : deg
            radian radians rad : rad
            """
        ),
        (
            .data,
            """
            bit bits : bit
            kilobit kilobits : kbit
            megabit megabits : Mbit
            gigabit gigabits : Gbit
            terabit terabits : Tbit
            byte bytes : By
            kilobyte kilobytes : kBy
            megabyte megabytes : MBy
            gigabyte gigabytes : GBy
            terabyte terabytes : TBy
            petabyte petabytes : PBy
            exabyte exabytes : EBy
            zettabyte zettabytes : ZBy
            """
        ),
        (
            .power,
            """
            watt watts : W
            kilowatt kilowatts : kW
            megawatt megawatts : MW
            gigawatt gigawatts : GW
            terawatt terawatts : TW
            milliwatt milliwatts : mW
            horsepower hp bhp : [HP]
            """
        ),
        (
            .energy,
            """
            joule joules : J
            kilojoule kilojoules : kJ
            megajoule megajoules : MJ
            calorie calories : cal
            watt_hour watt_hours watt-hour watt-hours watt-hr : W.h
            kilowatt_hour kilowatt_hours kilowatt-hour kilowatt-hours : kW.h
            megawatt_hour megawatt_hours megawatt-hour megawatt-hours : MW.h
            gigawatt_hour gigawatt_hours gigawatt-hour gigawatt-hours : GW.h
            terawatt_hour terawatt_hours terawatt-hour terawatt-hours : TW.h
            electronvolt electronvolts electron_volt electron_volts : eV
            """
        ),
        (
            .frequency,
            """
            hertz : Hz
            kilohertz : kHz
            megahertz : MHz
            gigahertz : GHz
            terahertz : THz
            rpm : {rev}/min
            fps : {frame}/s
            """
        ),
        (
            .compute,
            """
            flop flops : FLOP
            gigaflop gigaflops gflops gflop : GFLOP/s
            teraflop teraflops tflops tflop : TFLOP/s
            petaflop petaflops pflops pflop : PFLOP/s
            exaflop exaflops eflops eflop : EFLOP/s
            zettaflop zettaflops : ZFLOP/s
            tops : TOPS
            gpu-hour gpu-hours gpu_hour gpu_hours : GPU-hour
            """
        ),
        (
            .rate,
            """
            mph miles_per_hour mile_per_hour : [mi_i]/h
            kph kmph kmh kilometers_per_hour kilometres_per_hour kilometer_per_hour kilometre_per_hour : km/h
            kbps : kbit/s
            mbps : Mbit/s
            gbps : Gbit/s
            tbps : Tbit/s
            ppm parts_per_million : [ppm]
            ppb parts_per_billion : [ppb]
            """
        ),
        (
            .other,
            """
            volt volts : V
            kilovolt kilovolts : kV
            amp amps ampere amperes : A
            milliampere milliamperes milliamp milliamps : mA
            ohm ohms : Ohm
            pascal pascals : Pa
            atmosphere atmospheres : atm
            newton newtons : N
            newton_meter newton_meters newton_metre newton_metres : N.m
            decibel decibels : dB
            lux : lx
            nit nits : cd/m2
            sigma : sigma
            """
        ),
    ]

    /// Symbols, in exactly this case. A few of them are words as well (`in`, `t`, `a`); the grammar decides.
    static let symbols: [(Dimension, String)] = [
        (.percent, "pp : pp"),
        (.time, "s : s\nms : ms\nus μs µs : us\nns : ns\nps : ps\nmin : min\nh H : h\nd : d\nMa : Ma\nka : ka"),
        (
            .length,
            """
            m : m\nkm Km KM : km\ncm : cm\nmm : mm\ndm : dm\nμm µm um : um\nnm : nm\npm : pm\nft : [ft_i]\nin : [in_i]
            mi : [mi_i]\nyd : [yd_i]\nÅ : Ao
            """
        ),
        (.area, "m2 m² : m2\nkm2 km² : km2\ncm2 cm² : cm2\nmm2 mm² : mm2\nha : har"),
        (.volume, "L l : L\nml mL : mL\nμl µl μL µL : uL\nm3 m³ : m3\nkm3 km³ : km3\ncm3 cm³ cc : cm3\ngal : [gal_us]"),
        (
            .mass,
            "g : g\nkg KG Kg : kg\nmg : mg\nμg µg : ug\nng : ng\nt : t\nMt : Mt\nGt : Gt\nlb lbs : [lb_av]\noz : [oz_av]"
        ),
        (.temperature, "℃ : Cel\n℉ : [degF]\nK : K"),
        (
            .data,
            """
            bit : bit\nb : bit\nkb Kb : kbit\nMb Mbit : Mbit\nGb Gbit : Gbit\nTb Tbit : Tbit\nB : By\nkB KB : kBy
            MB : MBy\nGB : GBy\nTB : TBy\nPB : PBy\nEB : EBy\nZB : ZBy\nMiB : MiBy\nGiB : GiBy\nTiB : TiBy\nKiB : KiBy
            """
        ),
        (.power, "W : W\nkW KW : kW\nMW : MW\nGW : GW\nTW : TW\nmW : mW\nGWp : GW\nMWp : MW\nkWp : kW\nTDP : W"),
        (
            .energy,
            """
            J : J\nkJ : kJ\nMJ : MJ\nGJ : GJ\nWh : W.h\nkWh KWh kWH : kW.h\nMWh : MW.h\nGWh : GW.h\nTWh : TW.h
            eV : eV\nkeV : keV\nMeV : MeV\nGeV : GeV\nTeV : TeV\nkcal : kcal\nmAh : mA.h
            """
        ),
        (.frequency, "Hz : Hz\nkHz KHz : kHz\nMHz Mhz : MHz\nGHz Ghz : GHz\nTHz : THz"),
        (
            .compute,
            """
            GFLOPS GFLOPs : GFLOP/s\nTFLOPS TFLOPs TFlops : TFLOP/s\nPFLOPS PFLOPs : PFLOP/s\nEFLOPS EFLOPs : EFLOP/s
            FLOP FLOPs : FLOP\nFLOPS : FLOP/s\nTOPS : TOPS
            """
        ),
        (
            .rate,
            "Gbps : Gbit/s\nMbps : Mbit/s\nkbps Kbps : kbit/s\nTbps : Tbit/s\nGBps : GBy/s\nTBps : TBy/s\nppm : [ppm]"
        ),
        (
            .other,
            """
            V : V\nkV : kV\nmV : mV\nA : A\nmA : mA\nμA µA : uA\nnA : nA\nPa : Pa\nkPa : kPa\nMPa : MPa\nGPa : GPa
            bar : bar\nmbar mBar : mbar\nμbar µbar : ubar\natm : atm\nTorr : Torr\nN : N\nNm N·m : N.m\ndB : dB\nmol : mol\nmmol : mmol
            nM : nM\nmM : mM\nμM µM : uM\nT : T\nF : F\nΩ : Ohm\nlx : lx
            """
        ),
    ]

    /// Prefixes of the SI: the code's letter, the signs that are written for it, and its name.
    static let siPrefixes: [(code: String, signs: [String], name: String)] = [
        ("f", ["f"], "femto"), ("p", ["p"], "pico"), ("n", ["n"], "nano"), ("u", ["\u{3BC}", "\u{B5}", "u"], "micro"),
        ("m", ["m"], "milli"),
        ("k", ["k"], "kilo"), ("M", ["M"], "mega"), ("G", ["G"], "giga"), ("T", ["T"], "tera"), ("P", ["P"], "peta"),
        ("E", ["E"], "exa"),
    ]

    /// Units that take them: the symbol, the prefixes that its symbol takes, and its names.
    static let prefixed: [(dimension: Dimension, code: String, symbol: String, prefixes: [String], names: String)] = [
        (.power, "W", "W", ["n", "u", "m", "k", "M", "G", "T", "P"], "watt watts"),
        (.energy, "J", "J", ["n", "u", "m", "k", "M", "G", "T", "P"], "joule joules"),
        (.energy, "eV", "eV", ["m", "k", "M", "G", "T"], "electronvolt electronvolts"),
        (.energy, "W.h", "Wh", ["m", "k", "M", "G", "T", "P"], ""),
        (.frequency, "Hz", "Hz", ["m", "k", "M", "G", "T", "P"], "hertz"),
        (.other, "V", "V", ["n", "u", "m", "k", "M"], "volt volts"),
        (.other, "A", "A", ["p", "n", "u", "m", "k"], "amp amps ampere amperes"),
        (.other, "Pa", "Pa", ["m", "k", "M", "G", "T"], "pascal pascals"),
        (.other, "bar", "bar", ["n", "u", "m", "k"], "bar"),
        (.other, "N", "N", ["m", "k", "M"], "newton newtons"),
        (.other, "N.m", "Nm", ["m", "k", "M"], ""),
        (.other, "mol", "mol", ["p", "n", "u", "m", "k"], "mole moles"),
        (.other, "F", "F", ["p", "n", "u", "m"], "farad farads"),
        (.other, "Ohm", "Ω", ["m", "k", "M", "G"], "ohm ohms"),
        (.time, "s", "s", ["p", "n", "u", "m"], "second seconds"),
        (.length, "m", "m", ["p", "n", "u", "m", "k"], "meter meters metre metres"),
        (.mass, "g", "g", ["p", "n", "u", "m", "k"], "gram grams gramme grammes"),
        (.mass, "t", "t", ["k", "M", "G"], "ton tons tonne tonnes"),
        (.volume, "L", "L", ["n", "u", "m"], "liter liters litre litres"),
        (.data, "By", "B", ["k", "M", "G", "T", "P", "E"], "byte bytes"),
        (.data, "bit", "bit", ["k", "M", "G", "T", "P"], "bit bits"),
        (.rate, "bit/s", "bps", ["k", "M", "G", "T", "P"], ""),
        (.compute, "FLOP/s", "FLOPS", ["k", "M", "G", "T", "P", "E"], "flops flop"),
    ]

    /// Currencies: words, then `: code`. Adjectives go with `dollar`, `pound`, `franc`, `peso`, `rupee`, `yuan`.
    static let currencies = """
        usd us_dollar us_dollars u.s._dollar american_dollar american_dollars dollar dollars : USD
        eur euro euros : EUR
        gbp pound_sterling pounds_sterling british_pound british_pounds sterling quid : GBP
        cny rmb yuan yuans renminbi chinese_yuan 元 人民币 : CNY
        jpy yen japanese_yen 円 日元 : JPY
        krw south_korean_won korean_won won : KRW
        inr rupee rupees indian_rupee indian_rupees rs : INR
        hkd hong_kong_dollar hong_kong_dollars 港元 : HKD
        twd new_taiwan_dollar new_taiwan_dollars taiwan_dollar taiwan_dollars : TWD
        sgd singapore_dollar singapore_dollars : SGD
        aud australian_dollar australian_dollars : AUD
        cad canadian_dollar canadian_dollars : CAD
        nzd new_zealand_dollar new_zealand_dollars : NZD
        chf swiss_franc swiss_francs : CHF
        sek swedish_krona swedish_kronor swedish_crowns : SEK
        nok norwegian_krone norwegian_kroner norwegian_crowns : NOK
        dkk danish_krone danish_kroner danish_crowns : DKK
        rub rouble roubles ruble rubles russian_roubles russian_rubles : RUB
        try turkish_lira turkish_liras lira liras : TRY
        brl real reais brazilian_real brazilian_reais : BRL
        mxn mexican_peso mexican_pesos : MXN
        ars argentine_pesos : ARS
        clp chilean_pesos : CLP
        cop colombian_pesos : COP
        php philippine_pesos : PHP
        idr rupiah rupiahs : IDR
        myr ringgit : MYR
        thb baht : THB
        vnd dong vietnamese_dong : VND
        zar rand south_african_rand : ZAR
        sar riyal riyals saudi_riyals : SAR
        aed dirham dirhams : AED
        ils shekel shekels : ILS
        pln zloty zlotys : PLN
        czk czech_koruna czech_crowns koruna : CZK
        huf forint forints : HUF
        pkr pakistani_rupee pakistani_rupees : PKR
        lkr sri_lankan_rupee sri_lankan_rupees ரூ : LKR
        ngn naira : NGN
        kes kenyan_shillings : KES
        egp egyptian_pounds egyptian_pound : EGP
        uah hryvnia hryvnias : UAH
        kzt tenge : KZT
        gel lari georgian_lari : GEL
        lak kip : LAK
        btc bitcoin bitcoins : BTC
        eth ether : ETH
        usdt : USDT
        nlg guilder guilders : NLG
        musd : M USD
        meur : M EUR
        mgbp : M GBP
        msek : M SEK
        franc francs : franc
        peso pesos : peso
        krona kronor : SEK
        kroner krone : NOK
        cent cents : cent
        penny : penny
        pence : pence
        """

    /// Currency signs and what letters before `$` mean.
    static let signs =
        "$ USD € EUR £ GBP ¥ CNY ￥ CNY ₹ INR ₩ KRW ₽ RUB ₺ TRY ₫ VND ₪ ILS ₿ BTC ฿ THB ₴ UAH ₾ GEL ₭ LAK ₦ NGN ₱ PHP"
    static let prefixes =
        "us USD u.s. USD hk HKD nt TWD a AUD au AUD c CAD ca CAD cad CAD s SGD nz NZD r BRL aud AUD sgd SGD rmb CNY mx MXN mex MXN"

    /// What a currency's sign stands for when the names say otherwise: `¥` is the yen near Japan.
    static let wordMagnitudes: [String: Int] = [
        "hundred": 2, "thousand": 3, "million": 6, "billion": 9, "trillion": 12, "quadrillion": 15, "lakh": 5,
        "lakhs": 5, "crore": 7, "crores": 7, "mn": 6, "mln": 6, "bn": 9, "bln": 9, "tn": 12, "trn": 12, "mil": 6,
        "hundreds": 2, "thousands": 3, "millions": 6, "billions": 9, "trillions": 12, "tens": 1, "万": 4, "亿": 8,
    ]
}
