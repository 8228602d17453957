/// How common the words of general English are in news, so that a new table of frequencies need not learn it from the
/// first few hundred articles, when "company" would count as much as a name.
///
/// For each class, in how many of a thousand articles (titles and ledes) its words stand. Counted once over some two
/// thousand news articles by story, not by article, without names; one form stands for all that share its stem.
enum CommonTerms {
    /// The weight of the classes: as though so many articles had been seen.
    static let articles: Float = 300

    static let classes: [(perThousand: Float, words: String)] = [
        (
            256,
            """
            year
            """
        ),
        (
            181,
            """
            last news time
            """
        ),
        (
            128,
            """
            called claims com day made make now old people reportedly take week
            """
        ),
        (
            91,
            """
            announced appears back believed confirmed even found get including known like look man many media morning \
            near night officials photo plans posted rumors set show site sources started story today told updated
            """
        ),
        (
            64,
            """
            allegedly another apparently around attack based city company country death don early end expected face \
            fire following forced former group hands head high hit home hours issued killed know latest launch leader \
            leading left members month name next part police public published recent released revealed right saying \
            see seen several statement still taken th three took top trying turned video want way well went woman \
            work world yet
            """
        ),
        (
            45,
            """
            ago air already am among asked attempt authorities become big carrying case caused change charged cited \
            close dead described despite details didn died earlier ever family fears features fighting five full go \
            going got government happened help hope however image information late leaving life live local long \
            million move much nation never note offer online open picture place play pm put question recently \
            recording reporting run second security seems service shared signed since social star suggested sure \
            suspected talking team tell thing though thought true used using via website weekend yesterday young
            """
        ),
        (
            32,
            """
            able account accused across actually added address afternoon alleged allowed almost area arms arrested \
            article away battle became began begin best biggest bill bit break bring building business came campaign \
            captured car caught considering continue control court created cut deal decided denied device dropped \
            election enter every everyone fact fake fall false fans far fighters finally find focused four free front \
            game giving good gun half having health hearing heart held history hold incident investigating \
            investigation involved isn jihadist joined later law learned least led line linked little lot major \
            market meeting message militants minutes moment multiple murder nearly need number office once order \
            party passed past picked points policy presidential probably raised reached read real really reason \
            received remain residents return ruling saved school sending senior series shooting shot small son speak \
            special spokesman stop target terror terrorist think unveiled use users victims viral whether win without \
            women
            """
        ),
        (
            23,
            """
            actions administration admitted advanced agencies agent ahead aide al amid animal announcement anti \
            anyone army arrived attention behind billion black brought candidate capital central chief children \
            circulating comments committee complete computer concerns containing couple credit date de decision \
            defended deliver design dies display due effort eight email enough entire estimated event exactly experts \
            eyes failed federal figure file film final friends further future generation giant girl given gone ground \
            growing guy heard herself himself hoax hospital hundreds iPhone identified independent injured inside \
            instead interview itself job justice key large less level light likely lost matter means medical men met \
            military missing model mother network nine nothing officer officially operations organization others \
            outside owner per person phone piece player political popped popular possible potential power preparing \
            previously price problems product program pulled quite related reporter responded rival role round \
            rumours saw screen season seeking sent serving shocking shown side single six soldiers someone something \
            sometimes soon sparked sport spot spread stage stand station steps store storm struck students suffering \
            support system technology television test thousands track treated tweet until vote walking warning wasn \
            weapons whole whose won word worry wrote
            """
        ),
        (
            16,
            """
            accepted access affect age airport alive along although amounts analyst apartment app apparent appearance \
            approached assault assumed attorney available bad banned bid bizarre blast block blog bodies border born \
            broke broken built buy ca career celebrated celebrity centre challenge chance channel checked child \
            citizens clear communications community completely condition conference congressional conservative \
            controversial convicted cops course cover crashed crimes criminal crowd currently damage data debate \
            debut declined demanding determined developed different direct director discovered discuss doesn dog \
            doing double dozen drive dubbed edition emerged evidence ex example exchange exclusive executives \
            experience explaining expressed extremist famous fatally fell filled flight floor fly form forward \
            founder global goes guard hard harm hasn host http huge identity increase injuries intelligence \
            interested internal introduced investigators jury keep kid landed largest lawyer leaked let letter \
            limited list longer loved low magazine maker male mass massive middle mobile money movie newly nominee \
            non northern obtained outlets outrage packed passenger pay perform poses position possibly pre pretty \
            previous private probe production profile prosecutors provided province purported push quotes range \
            rather ready refused region religious replacing required response rest result rings ripped rising road \
            rushed scene secret seized selected sell serious sex ship shop short shortly space speculation \
            spokesperson staff stock stolen strike study subject surprise surrounding ten term theory third threat \
            threatened title together tonight towards town training tribute tried unknown upcoming urged vehicle vice \
            victory view violence visit vowed wake wear western widely within witnesses worth writing wrong
            """
        ),
        (
            11,
            """
            above acquire acquisition activists actor adviser aged airstrikes allegations attacker attend avoided \
            award background band bar battery bear begun belongings below better blood board bogus bombs book boost \
            boss box boy briefed broadcast brother burned burst cable camera cannot caption certain certainly chain \
            church clashes club coalition collecting college committed conflict connected connection conspiracy \
            conversations convinced cost counts crazy criticism cross current customers dangerous daughter dawn \
            deadly declared delayed deputy destroyed devastated development disappeared district document drug eating \
            editor elect enhancing entirely everything exact executed extended facility famed familiar fast father \
            fats feeling fellow female fi field fifth finished firm fleeing floating food footage foreign franchise \
            gains gang gathering gave gays gearing gold grabbing graphics great guilty gunman hailed handling haven \
            headline heavily hero higher highlights highly horrific iPad idea ill impact important improve inch \
            indeed indicated intended jail journalist jumped killer lack lawmaker leadership league legislation lie \
            loading locked longtime lovers mails main majority managed manager married masked measure mid mixed mum \
            music mystery nature negotiating net newspaper nomination notorious often onto operated opposed opted \
            original originally owned paid paper parents particularly partner peace percent performance personal \
            photographs pin possibility potentially powerful pressure prison process produced projects prominent \
            prompted protecting protections proving publicly purchase purportedly quickly race rage raid reaction \
            reduced referring refresh regarding registered rejected requested reserved review risk room rose safety \
            sat satirical scheduled scientists scoring sea search secure sees self sentence seven sick significant \
            simply sister slipping smartphone smartwatch smoke somehow sort sound southern speech speed spending \
            spent spoke spring stay stealing strategy strong stunned style successful suicide sun supply supposed \
            supposedly swirling teenage teenager tha thanks throughout touch tough trade travel trial troubled twice \
            un unclear unconfirmed unidentified upon valued version villages violent waiting waters wearable web \
            welcome whom wide wounded yes
            """
        ),
    ]
}
