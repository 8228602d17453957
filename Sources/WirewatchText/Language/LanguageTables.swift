/// Words that tell languages written in the same script apart: small ones first, then some that news is full of.
///
/// At most 31 languages, each a bit.
enum LanguageTables {
    static let words: [(tag: String, words: String)] = [
        (
            "en",
            """
            the of and to in is that for with was are has by its it as from on at be this have will not but they an or \
            which their more than been were can after over new says said would about could into how why what who when \
            your you we our his her he she first two out up off may just get gets now make makes using company companies \
            market people world year years week million billion government startup launch launches unveils raises deal \
            security data research technology industry announces plans report against between through other some most \
            these those being while where should under back still top big best
            """
        ),
        (
            "de",
            """
            der die das und den von mit ist nicht ein eine auf für dem sich im des zu werden wird bei aus nach auch als an \
            es sind einen einer eines einem über wie nur noch vor zum zur haben hat oder aber mehr wenn kann will soll \
            gegen durch unter neue neuen neuer neues erste ersten wurde worden sein seine ihre jahr jahre millionen \
            milliarden unternehmen forscher regierung künstliche intelligenz sicherheit deutschland stellt zwischen \
            schon jetzt warum damit dass ab bis am vom entwickelt markt kunden
            """
        ),
        (
            "fr",
            """
            le la les des et une un est pour dans du que qui sur pas au par il elle en de ce cette ces son sa ses aux avec \
            sont plus ne se ou mais comme être ont été leur leurs nous vous fait sans entre après avant contre vers chez \
            deux nouveau nouvelle nouveaux premier première entreprise entreprises gouvernement intelligence artificielle \
            sécurité recherche données marché millions milliards euros ans année lance annonce selon peut tout tous aussi \
            encore depuis français française pourquoi comment
            """
        ),
        (
            "es",
            """
            el la los las del de que por con una un para es su se en al como más no y o pero sus lo le ha han fue son está \
            están ser este esta estos estas entre sobre sin hasta desde también cuando muy todo todos ya hay años año \
            nuevo nueva nuevos nuevas primer primera empresa empresas gobierno inteligencia artificial seguridad mercado \
            millones mil investigadores datos lanza anuncia según contra tras puede hacer mundo país así qué cómo
            """
        ),
        (
            "it",
            """
            il che di per della una con gli sono non del nel alla dei è anche la le lo un i e da in si come più ma al ai \
            dal dalla delle degli nella nei sul sulla questo questa ha hanno stato essere suo sua loro tra fra dopo prima \
            contro ogni tutti tutto nuovo nuova nuovi nuove primo azienda aziende governo intelligenza artificiale \
            sicurezza ricerca ricercatori dati mercato milioni miliardi anni anno lancia annuncia secondo può fare ecco \
            italia italiano così perché ancora già
            """
        ),
        (
            "pt",
            """
            que os uma com não para do da dos em mais por no na ao são o a as e é um de se foi como mas ou seu sua seus \
            suas pelo pela nos nas entre sobre sem até desde também quando muito já há anos ano ser está estão este esta \
            isso novo nova novos novas primeiro primeira empresa empresas governo inteligência artificial segurança \
            mercado milhões bilhões mil pesquisadores dados lança anuncia segundo contra após pode fazer mundo país \
            brasil português ele ela
            """
        ),
        (
            "nl",
            """
            het een van niet dat met zijn voor op aan ook bij naar maar uit wordt de en is in te er die om als dan nog \
            door over worden heeft hebben kan meer geen deze dit wel zich tot hun hij ze we onder tussen tegen nieuwe \
            nieuw eerste bedrijf bedrijven overheid kunstmatige intelligentie veiligheid beveiliging onderzoek \
            onderzoekers markt miljoen miljard jaar jaren volgens zegt werd waren omdat gaat moet na sinds waarom hoe \
            nederland nederlandse
            """
        ),
        (
            "sv",
            """
            och att det som för inte till är av på ett har om var men från en i den med de så kan ska vid sig nu eller han \
            hon vi efter mot mellan över under mer även när alla sin sina blir bli blev varit finns ny nya nytt första \
            företag företaget regeringen artificiell intelligens säkerhet forskare forskning marknaden miljoner \
            miljarder kronor år enligt säger sverige svenska hur varför också utan här där
            """
        ),
        (
            "da",
            """
            og at det som for ikke til er af på et har om var men fra en i den med de så kan skal ved sig nu eller han hun \
            vi efter mod mellem over under mere også når alle sin sine bliver blev været findes ny nye nyt første \
            virksomhed virksomheder regeringen kunstig intelligens sikkerhed forskere forskning markedet millioner \
            milliarder kroner år ifølge siger danmark danske hvordan hvorfor uden her der af hvad kun meget selv
            """
        ),
        (
            "nb",
            """
            og at det som for ikke til er av på et har om var men fra en i den med de så kan skal ved seg nå eller han hun \
            vi etter mot mellom over under mer også når alle sin sine blir ble vært finnes ny nye nytt første selskap \
            selskapet selskaper regjeringen kunstig intelligens sikkerhet forskere forskning markedet millioner \
            milliarder kroner år ifølge sier norge norske hvordan hvorfor uten her der hva bare mye selv hun noe opp
            """
        ),
        (
            "fi",
            """
            ja on ei se että oli hän ovat joka mutta myös kun niin kuin tai jos nyt vain sekä mukaan jälkeen kanssa ennen \
            ole olla voi uusi uuden uusia ensimmäinen yritys yrityksen yhtiö yhtiön hallitus tekoäly turvallisuus \
            tutkijat tutkimus markkinat miljoonaa miljardia euroa vuonna vuotta suomi suomen suomessa mitä miten miksi \
            kaikki enemmän noin tämä tämän sen hänen heidän joita jotka ollut saa tulee
            """
        ),
        (
            "is",
            """
            og að er í á sem það ekki til um við með fyrir af var en hann hún þeir þau hefur hafa verið eru frá eða þá þar \
            nú eftir yfir undir milli gegn nýr ný nýtt fyrsta fyrirtæki fyrirtækið ríkisstjórn gervigreind öryggi \
            rannsókn rannsóknir milljónir milljarða króna ár ári samkvæmt segir ísland íslenska hvernig hvers vegna \
            hvað líka mjög allt þessi þetta
            """
        ),
        (
            "pl",
            """
            i w na z się nie do że jest to o jak po ale za od przez dla są być był była było może już tylko przed przy \
            oraz które który która ich jego jej tym tego ten ta te czy bez między pod nad więcej nowy nowa nowe pierwszy \
            pierwsza firma firmy firm rząd sztuczna sztucznej inteligencja inteligencji bezpieczeństwo badacze badania \
            rynek rynku milionów miliardów złotych rok roku lat według mówi polska polski dlaczego także jeszcze
            """
        ),
        (
            "cs",
            """
            a v na se je že z do s o to k i pro jako by jsou byl byla bylo ale po za od které který která jeho její tak \
            už jen být při před mezi pod nad bez více nový nová nové první firma firmy společnost společnosti vláda umělá \
            umělé inteligence bezpečnost výzkum vědci trh trhu milionů miliard korun rok roku let podle říká česká česko \
            proč také ještě když může než až
            """
        ),
        (
            "sk",
            """
            a v na sa je že z do s o to k aj pre ako by sú bol bola bolo ale po za od ktoré ktorý ktorá jeho jej tak už \
            len byť pri pred medzi pod nad bez viac nový nová nové prvý prvá firma firmy spoločnosť spoločnosti vláda \
            umelá umelej inteligencie inteligencia bezpečnosť výskum vedci trh trhu miliónov miliárd eur rok roku rokov \
            podľa hovorí slovensko prečo tiež ešte keď môže než až
            """
        ),
        (
            "sl",
            """
            in v na se je da z za so ne po o pa ki kot bi tudi od do pri pred med pod nad brez več nov nova novo prvi prva \
            podjetje podjetja podjetij vlada umetna umetne inteligenca inteligence varnost raziskava raziskovalci trg \
            trgu milijonov milijard evrov leto leta let pravi slovenija slovenski zakaj kako samo lahko bil bila bilo \
            njegov njen že če saj kar
            """
        ),
        (
            "hr",
            """
            i u na se je da za su s od do ne što kao bi ali ili te će biti koji koja koje iz po pri prije među pod nad bez \
            više nov nova novi nove prvi prva tvrtka tvrtke tvrtki vlada umjetna umjetne inteligencija inteligencije \
            sigurnost istraživanje istraživači tržište tržištu milijuna milijardi eura godina godine prema kaže hrvatska \
            hrvatski zašto kako samo može bio bila bilo njegov njezin također još nakon
            """
        ),
        (
            "hu",
            """
            a az és hogy nem is egy ez van volt meg már csak de mint még el ha vagy kell lesz lehet ki be fel után szerint \
            között ellen alatt több új első cég cégek vállalat kormány mesterséges intelligencia biztonság kutatók \
            kutatás piac piacon millió milliárd forint év éves évben azt ezt aki ami amely amelyek miért hogyan mert \
            magyar magyarország minden nagyon sok akár pedig
            """
        ),
        (
            "ro",
            """
            și în de la cu pe din este că nu un o a să care pentru mai sunt au fost fi va ca sau dar după prin între până \
            fără despre cum când unde acest această aceste lor lui ei noi nou nouă noua prima primul companie compania \
            companii guvernul inteligența inteligență artificială securitate cercetare cercetători piață piața milioane \
            miliarde euro lei an ani anul potrivit spune românia român foarte toate poate
            """
        ),
        (
            "tr",
            """
            ve bir bu için ile olarak daha olan gibi çok kadar sonra ancak en da de ne mi o var yok değil ya her şey ise \
            göre tarafından üzerinde arasında karşı yeni ilk şirket şirketi şirketler hükümet yapay zeka zekâ güvenlik \
            araştırma araştırmacılar pazar milyon milyar lira dolar yıl yılında yıllık türkiye türk nasıl neden oldu \
            olduğunu etti edildi ediyor açıkladı duyurdu
            """
        ),
        (
            "vi",
            """
            và của là có được cho không trong với các những một để đã này khi từ người năm về đến ra sẽ tại theo như nhưng \
            còn cũng vào sau trước trên dưới giữa nhiều mới đầu công ty chính phủ trí tuệ nhân tạo an ninh bảo mật nghiên \
            cứu thị trường triệu tỷ đồng việt nam tiên vì sao thế nào hơn rất tất cả
            """
        ),
        (
            "id",
            """
            yang dan di untuk dengan dari pada ini itu dalam tidak akan ke oleh adalah juga atau telah sudah bisa dapat \
            lebih karena sebagai ada saat setelah antara tanpa bagi kepada mereka kami kita saya anda para baru pertama \
            perusahaan pemerintah kecerdasan buatan keamanan penelitian peneliti pasar juta miliar rupiah tahun menurut \
            mengatakan indonesia mengapa bagaimana hingga secara sebuah
            """
        ),
        (
            "ca",
            """
            el la els les de i a que en per amb un una és del al no es ha han com més però són aquest aquesta seu seva ser \
            o sobre entre sense fins des també quan molt tot ja hi anys any nou nova nous noves primer primera empresa \
            empreses govern intel ligència artificial seguretat mercat milions investigadors dades llança anuncia segons \
            contra després pot fer món país així què dels als pel catalunya català
            """
        ),
        (
            "et",
            """
            ja on ei et see oma kui ning ka aga või mis kes ta nad oli olid olla saab veel juba pärast enne kohta vastu \
            vahel alla rohkem uus uue uued esimene ettevõte ettevõtte firma valitsus tehisintellekt tehisaru turvalisus \
            teadlased uuring turg turul miljonit miljardit eurot aasta aastat sõnul eesti eestis miks kuidas kõik väga \
            ainult nagu selle
            """
        ),
        (
            "lv",
            """
            un ir ar no uz par ka kas tas to bet arī vai lai kā pēc pirms pret starp zem vairāk jauns jauna jauno pirmais \
            pirmā uzņēmums uzņēmuma uzņēmumi valdība mākslīgais mākslīgā intelekts intelekta drošība pētnieki pētījums \
            tirgus tirgū miljoni miljonu miljardu eiro gads gada gadā saka latvija latvijas kāpēc viss ļoti tikai jau vēl \
            viņš viņa nav būs bija
            """
        ),
        (
            "lt",
            """
            ir yra į iš su kad ne tai kaip bet ar o po prieš nuo iki už apie per tarp daugiau naujas nauja naują pirmasis \
            pirmoji įmonė įmonės bendrovė bendrovės vyriausybė dirbtinis dirbtinio intelektas intelekto saugumas \
            saugumo tyrimas mokslininkai rinka rinkoje milijonų milijardų eurų metai metų metais sako lietuva lietuvos \
            kodėl visi labai tik jau dar jis ji jų buvo bus kurie kuris
            """
        ),
        (
            "ru",
            """
            и в на не что с по для как из от за к это о у его но он они был была были до при также же уже или после может \
            более который которая которые между под без новый новая новые первый первая компания компании правительство \
            искусственный искусственного интеллект интеллекта безопасность безопасности исследователи рынок рынке \
            миллионов миллиардов рублей год года лет россия российский почему если только будет стал
            """
        ),
        (
            "uk",
            """
            і в на не що з та до для як із від за у це про його але він вони був була були при також же вже або після може \
            більше який яка які між під без новий нова нові перший перша компанія компанії уряд штучний штучного \
            інтелект інтелекту безпека безпеки дослідники ринок ринку мільйонів мільярдів гривень рік року років україна \
            український чому якщо тільки буде став й є
            """
        ),
        (
            "bg",
            """
            и в на не че с за от да се по до като са е при най или но той те ще след може който която които между под без \
            нов нова нови първият първата първи компания компании компанията правителство изкуствен изкуствения \
            интелект сигурност сигурността изследователи пазар пазара милиона милиарда лева година години българия \
            български защо ако само бъде беше има
            """
        ),
        (
            "sr",
            """
            и у на се је да за су са од до не што као би али или ће бити који која које из по при пре међу под над без \
            више нов нова нови прва први компанија компаније влада вештачка вештачке интелигенција интелигенције \
            безбедност истраживање истраживачи тржиште милиона милијарди динара година године према каже србија српски \
            зашто како само може био била било такође још након
            """
        ),
    ]

    /// Letters beyond those of English, with the languages that use them. Foreign names bring them into other texts.
    static let letters: [(letters: String, tags: String)] = [
        ("ß", "de"), ("ä", "de sv fi et sk"), ("ö", "de sv fi et hu tr is"), ("ü", "de et hu tr es ca"),
        ("å", "sv da nb"), ("æ", "da nb is"), ("ø", "da nb"), ("ðþ", "is"), ("ñ¿¡", "es"), ("ã", "pt vi"),
        ("õ", "pt et vi"), ("ç", "fr pt ca tr"), ("œ", "fr"), ("ê", "fr pt vi"), ("ëï", "fr nl ca"), ("û", "fr"),
        ("î", "fr ro"), ("â", "fr ro pt vi"), ("ăț", "ro"), ("ș", "ro"), ("ł", "pl"), ("ńśźż", "pl"), ("ąę", "pl lt"),
        ("ć", "pl hr"), ("đ", "hr vi"), ("ěřů", "cs"), ("ľĺŕ", "sk"), ("ťďň", "cs sk"), ("š", "cs sk sl hr lv lt et"),
        ("č", "cs sk sl hr lv lt"), ("ž", "cs sk sl hr lv lt et"), ("ý", "cs sk is vi"), ("őű", "hu"), ("ğşı", "tr"),
        ("āēīņļķģ", "lv"), ("ū", "lv lt"), ("ėįų", "lt"), ("ơưạảấầậắặẹếềệịọốồộớờợụứừựỳ", "vi"),
        ("á", "es pt cs sk hu is vi"), ("é", "fr es pt cs sk hu is ca it vi"), ("í", "es pt cs sk hu is ca vi"),
        ("ó", "es pt hu is ca pl vi sk"), ("ú", "es pt cs sk hu is ca vi"), ("à", "fr it ca pt vi"),
        ("è", "fr it ca vi"),
        ("ì", "it vi"), ("ò", "it ca vi"), ("ù", "it fr vi"), ("ô", "fr pt sk vi"),
        ("ыэё", "ru"), ("іїєґ", "uk"), ("јљњћђџ", "sr"), ("щюя", "ru uk bg"), ("ъ", "bg ru"), ("ь", "ru uk bg"),
        ("й", "ru uk bg"),
    ]

    /// Characters that only traditional writing has, and what simplified writing has in their place.
    static let traditional = "們這個來時說國對為會學開關後發還過經現問題應與機電動車業產無線網萬億東長門見員視頻軟體臺灣達實驗運輸證券報導聯營優質變點頭麼從於話請讓認買賣費貝質資負責則該"
    static let simplified = "们这个来时说国对为会学开关后发还过经现问题应与机电动车业产无线网万亿东长门见员视频软体台湾达实验运输证券报导联营优质变点头么从于话请让认买卖费贝质资负责则该"
}
