import Testing
import WirewatchText

@Suite("Detecting languages")
struct LanguageDetectorTests {
    @Test(
        "Titles and sentences are of the language that they are written in",
        arguments: [
            ("en", "Startup unveils warehouse robot that folds boxes"),
            ("en", "Why chip makers are racing to build in Ohio"),
            ("en", "The lab's new sensor sees through fog, and its makers say trucks will carry it next year."),
            ("de", "Startup stellt Roboter für Lagerhallen vor"),
            ("de", "Forscher entwickeln neue Batterie für E-Autos"),
            ("de", "Der Konzern will die Fabrik noch in diesem Jahr eröffnen, sagte eine Sprecherin."),
            ("fr", "Une start-up lance un robot pour les entrepôts"),
            ("fr", "Les chercheurs ont mis au point une batterie qui se recharge en cinq minutes."),
            ("es", "Una empresa lanza un robot para los almacenes"),
            ("es", "Los investigadores desarrollan una batería que se carga en cinco minutos"),
            ("it", "Un'azienda lancia un robot per i magazzini"),
            ("it", "I ricercatori hanno sviluppato una batteria che si ricarica in cinque minuti"),
            ("pt", "Empresa lança robô para armazéns"),
            ("pt", "Os pesquisadores desenvolveram uma bateria que não aquece em uso"),
            ("nl", "Bedrijf onthult robot voor het magazijn"),
            ("nl", "Onderzoekers maken een batterij die in vijf minuten oplaadt"),
            ("sv", "Företaget visar en ny robot för lager"),
            ("sv", "Forskare har utvecklat ett batteri som laddas på fem minuter"),
            ("da", "Virksomhed viser ny robot til lagre"),
            ("da", "Forskere har udviklet et batteri, der kan oplades på fem minutter af enhver"),
            ("nb", "Selskapet viser en ny robot for lagre"),
            ("nb", "Forskere har utviklet et batteri som kan lades på fem minutter av hvem som helst"),
            ("fi", "Yritys esitteli uuden robotin varastoihin"),
            ("fi", "Tutkijat ovat kehittäneet akun, joka latautuu viidessä minuutissa"),
            ("is", "Fyrirtækið kynnir nýtt vélmenni fyrir vöruhús"),
            ("pl", "Firma pokazała nowego robota dla magazynów"),
            ("pl", "Naukowcy opracowali baterię, która ładuje się w pięć minut"),
            ("cs", "Firma představila nového robota pro sklady"),
            ("cs", "Vědci vyvinuli baterii, která se nabije za pět minut"),
            ("sk", "Firma predstavila nového robota pre sklady"),
            ("sk", "Vedci vyvinuli batériu, ktorá sa nabije za päť minút, a už ju aj predávajú"),
            ("sl", "Podjetje je predstavilo novega robota za skladišča"),
            ("hr", "Tvrtka je predstavila novog robota za skladišta"),
            ("hr", "Istraživači su razvili bateriju koja se puni u pet minuta"),
            ("hu", "A cég új robotot mutatott be raktárak számára"),
            ("hu", "A kutatók olyan akkumulátort fejlesztettek, amely öt perc alatt feltöltődik"),
            ("ro", "Compania a prezentat un nou robot pentru depozite"),
            ("ro", "Cercetătorii au dezvoltat o baterie care se încarcă în cinci minute"),
            ("tr", "Şirket depolar için yeni bir robot tanıttı"),
            ("tr", "Araştırmacılar beş dakikada şarj olan bir batarya geliştirdi"),
            ("vi", "Công ty ra mắt robot mới cho nhà kho"),
            ("id", "Perusahaan ini meluncurkan robot baru untuk gudang"),
            ("ca", "L'empresa presenta un nou robot per als magatzems amb més força"),
            ("et", "Ettevõte tutvustas uut robotit ladude jaoks"),
            ("lv", "Uzņēmums parādīja jaunu robotu noliktavām"),
            ("lt", "Įmonė pristatė naują robotą sandėliams"),
            ("ru", "Компания показала нового робота для складов"),
            ("ru", "Учёные создали батарею, которая заряжается за пять минут"),
            ("uk", "Компанія показала нового робота для складів"),
            ("uk", "Вчені створили батарею, яка заряджається за п'ять хвилин"),
            ("bg", "Компанията показа нов робот за складове"),
            ("bg", "Учените създадоха батерия, която се зарежда за пет минути"),
            ("sr", "Компанија је представила новог робота за складишта"),
            ("el", "Η εταιρεία παρουσίασε νέο ρομπότ για αποθήκες"),
            ("he", "החברה הציגה רובוט חדש למחסנים"),
            ("ar", "الشركة تعرض روبوتا جديدا للمخازن"),
            ("fa", "این شرکت یک ربات جدید برای انبارها معرفی کرد که می‌تواند کار کند"),
            ("ur", "کمپنی نے گوداموں کے لیے نیا روبوٹ پیش کیا ہے"),
            ("hi", "कंपनी ने गोदामों के लिए नया रोबोट पेश किया"),
            ("bn", "কোম্পানিটি গুদামের জন্য নতুন রোবট দেখিয়েছে"),
            ("ta", "நிறுவனம் கிடங்குகளுக்கு புதிய ரோபோவை அறிமுகப்படுத்தியது"),
            ("th", "บริษัทเปิดตัวหุ่นยนต์ใหม่สำหรับคลังสินค้า"),
            ("ko", "회사가 창고용 새 로봇을 공개했다"),
            ("ja", "会社が倉庫向けの新しいロボットを公開した"),
            ("zh-Hans", "公司发布新款仓库机器人"),
            ("zh-Hant", "公司發布新款倉庫機器人"),
            ("en", "Show HN: a tiny compiler for the browser"),
            ("en", "Nvidia unveils new chip for data centers"),
            ("de", "KI-Start-up sammelt 40 Millionen Euro ein"),
            ("fr", "Nvidia lance une nouvelle puce"),
            ("es", "Nvidia presenta su nuevo chip para coches"),
        ])
    func detects(_ tag: String, _ text: String) throws {
        let found = try #require(LanguageDetector.detect(text))
        #expect(found.tag == tag)
        #expect(found.confidence >= 0.5 && found.confidence <= 1)
    }

    @Test("A text that tells nothing has no language", arguments: ["", "4711", "OK", "Robot crates 2026.", "!?"])
    func unknown(_ text: String) { #expect(LanguageDetector.detect(text) == nil) }

    @Test("More text makes surer")
    func confidence() throws {
        let sentence = "The crane lifts the glass and sets it down on the roof. "
        let short = try #require(LanguageDetector.detect("Crane lifts the glass"))
        let long = try #require(LanguageDetector.detect(String(repeating: sentence, count: 40)))
        #expect(long.confidence >= short.confidence && long.confidence > 0.95)
    }

    @Test("A name from elsewhere does not make a text foreign")
    func names() {
        #expect(LanguageDetector.detect("Björn Müller says that the new crane will be built in Malmö")?.tag == "en")
    }

    @Test(
        "Tags of languages that hardly differ in writing count as the same",
        arguments: [("no", "nb", true), ("en-GB", "en", true), ("zh-Hans", "zh-TW", true), ("de", "nl", false)])
    func same(_ a: String, _ b: String, _ expected: Bool) { #expect(LanguageDetector.isSame(a, b) == expected) }
}
