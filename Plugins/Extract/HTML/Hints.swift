/// What the words of an element's `class` and `id` say of its content.
struct Hints {
    /// 0 for none; else the share of the page's text that the element must stay under to be taken for furniture, the more
    /// the surer the word is.
    private(set) var furniture = 0.0
    /// The word that says so.
    private(set) var word = ""
    private var marks: HintWords.Marks = []
    /// A hash of the first class that holds no digit, by which elements of one template are known; 0 for none.
    private(set) var name: UInt64 = 0

    /// What holds the article's text.
    var isBody: Bool { marks.contains(.body) }
    var isCaption: Bool { marks.contains(.caption) }
    var isCredit: Bool { marks.contains(.credit) }
    /// Whether a class is one of those that stand at bylines.
    var isAuthor: Bool { marks.contains(.author) }
    /// Whether the element is not shown, or shown only when something else is touched.
    var isHidden: Bool { marks.contains(.hidden) }
    /// Whether the text is for machines that read aloud, or a bubble over a word: never part of a sentence around it.
    var isUnseen: Bool { marks.contains(.unseen) }

    init(class classes: ArraySlice<UInt8>, id: ArraySlice<UInt8> = []) {
        read(id)
        marks.subtract([.caption, .credit, .author])
        read(classes, isClass: true)
    }

    private mutating func read(_ text: ArraySlice<UInt8>, isClass: Bool = false) {
        guard text.count < 400 else { return }
        var start = text.startIndex
        while start < text.endIndex {
            guard text[start] > 0x20 else {
                start += 1
                continue
            }
            var end = start
            var isStyle = false
            var hasDigit = false
            while end < text.endIndex, text[end] > 0x20 {
                // `md:hidden`, `w-[60%]`: a style that holds at times, no name.
                if text[end] == 0x3A || text[end] == 0x5B { isStyle = true }
                if text[end] &- 0x30 < 10 { hasDigit = true }
                end += 1
            }
            if !isStyle { read(token: text[start..<end], isClass: isClass) }
            if isClass, !hasDigit, name == 0 { name = HintWords.hash(text[start..<end]) }
            start = end
        }
    }

    /// Parts a name at marks and humps: `author-box`, `authorBox`.
    private mutating func read(token: ArraySlice<UInt8>, isClass: Bool) {
        if isClass, let whole = HintWords.classes[HintWords.hash(token)] { marks.formUnion(whole) }
        var word = HintWords.seed
        var count = 0
        var previous: UInt64?
        var wasLower = false
        // Whether the word began at a hump.
        var isHump = false
        func end(_ hints: inout Hints, isLast: Bool) {
            guard count > 0 else { return }
            // One or two letters within a name that a program made up: `hJpRRP`.
            if !isHump || count > 2 { hints.take(word, after: previous, isLast: isLast) }
            previous = word
            word = HintWords.seed
            count = 0
        }
        for index in token.indices {
            let byte = token[index]
            guard (byte | 0x20) &- 0x61 < 26 else {
                end(&self, isLast: false)
                (wasLower, isHump) = (false, false)
                continue
            }
            let isUpper = byte &- 0x41 < 26
            if isUpper, wasLower, count > 0 {
                end(&self, isLast: false)
                isHump = true
            }
            word = HintWords.hash(byte | 0x20, after: word)
            count += 1
            wasLower = !isUpper
        }
        end(&self, isLast: true)
    }

    private mutating func take(_ word: UInt64, after previous: UInt64?, isLast: Bool) {
        take(HintWords.words[word])
        if let previous { take(HintWords.pairs[HintWords.join(previous, word)]) }
        // `hidden` alone, or after one of the words that make it a state: `overflow-hidden` and `hidden-print` say how.
        if word == HintWords.hidden, isLast, previous.map(HintWords.hiders.contains) ?? true { marks.insert(.hidden) }
    }

    private mutating func take(_ meaning: HintWords.Meaning?) {
        guard let meaning else { return }
        marks.formUnion(meaning.marks)
        if meaning.furniture > furniture {
            furniture = meaning.furniture
            word = meaning.text
        }
    }
}
