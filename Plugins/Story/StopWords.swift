/// English words that tell no story from another, by the hash of their folded bytes.
struct StopWords {
    private static let words = """
        a an the and or but if then of in on at to for from by with as is are was were be been being it its this that \
        these those he she they we you i his her their our your my me him them us not no nor do does did have has had \
        will would can could should may might must about into over after before under again more most other some such \
        only own same so than too very just also said says say new report reports reported according one two first who \
        what when where why how which while there here out up down off all any both each few because between during \
        through against s t re ve ll d m n
        """

    private static let mask = 1023
    private let slots: [UInt32]

    init() {
        var slots = [UInt32](repeating: 0, count: Self.mask + 1)
        for word in Self.words.utf8.split(whereSeparator: { $0 == 0x20 || $0 == 0x0A }) {
            let hash = TermHash.of(word)
            var at = Int(hash) & Self.mask
            while slots[at] != 0 { at = (at + 1) & Self.mask }
            slots[at] = hash
        }
        self.slots = slots
    }

    @inline(__always)
    func contains(_ hash: UInt32) -> Bool {
        var at = Int(hash) & Self.mask
        while slots[at] != 0 {
            if slots[at] == hash { return true }
            at = (at + 1) & Self.mask
        }
        return false
    }
}
