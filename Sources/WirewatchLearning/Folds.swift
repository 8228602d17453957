/// Which articles are held out together.
enum Folds {
    /// A fold for each article, from 0 to less than `count`: articles of the same labels are dealt out in turn, so that
    /// every fold has its share of each topic, whatever the order of the set.
    static func assign(_ labels: [[Int]], count: Int) -> [Int] {
        var next: [[Int]: Int] = [:]
        return labels.map { key in
            let fold = next[key] ?? next.count % count
            next[key] = (fold + 1) % count
            return fold
        }
    }
}
