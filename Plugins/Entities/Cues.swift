/// Words that tell of a name beside them.
enum Cue: Sendable {
    /// `said`: a person before or after.
    case speech
    /// `president`: a person before (after a comma) or after.
    case role
    /// `Dr`, `Ms`: a person after.
    case honorific
    /// `surnamed`: a surname after.
    case surnamed
    /// `Institute`: an organisation around.
    case organisation
    /// `Inc`: a company before.
    case legalForm

    static func words(_ discovery: Set<EntitiesOptions.Discovery>) -> [(Cue, [String])] {
        var all: [(Cue, [String])] = []
        if discovery.contains(.people) {
            all += [
                (.speech, split(speechWords)), (.role, split(roleWords) + longRoles),
                (.honorific, split("Dr Mr Mrs Ms Prof Sir")),
                (.surnamed, ["surnamed"]),
            ]
        }
        if discovery.contains(.organisations) { all.append((.organisation, split(headWords) + longHeads)) }
        if discovery.contains(.companies) { all.append((.legalForm, split(legalWords))) }
        return all
    }

    private static func split(_ text: String) -> [String] { text.split(separator: " ").map(String.init) }

    private static let speechWords = """
        said says told tells added adds noted notes explained explains wrote writes argued argues warned warns stated \
        recalled admitted acknowledged insisted predicted predicts commented remarked emphasized emphasised stressed
        """

    private static let roleWords = """
        CEO CTO CFO COO CIO CISO CMO president chairman chairwoman chairperson chair director manager founder cofounder \
        co-founder chief partner analyst economist professor researcher scientist engineer physicist chemist biologist \
        spokesperson spokesman spokeswoman minister secretary commissioner senator governor mayor dean lecturer fellow \
        investor strategist consultant lawyer attorney officer head executive historian ambassador principal \
        investigator premier chancellor
        """

    private static let longRoles = [
        "vice president", "managing director", "general manager", "postdoctoral researcher",
    ]

    private static let headWords = """
        Institute University College Academy Laboratory Laboratories Ministry Commission Committee Council Association \
        Federation Foundation Hospital Agency Authority Administration Bureau Society Alliance Consortium Polytechnic \
        Observatory Institution
        """

    private static let longHeads = ["Nursing Home", "Research Center", "Research Centre", "Medical Center"]

    private static let legalWords = "Inc Corp Ltd LLC GmbH PLC"
}
