/// A queue: appending and taking the first are constant in time.
struct FIFO<Element> {
    private var elements: [Element?] = []
    private var head = 0

    var isEmpty: Bool { head == elements.count }

    mutating func append(_ element: Element) { elements.append(element) }

    mutating func popFirst() -> Element? {
        while head < elements.count {
            let element = elements[head]
            elements[head] = nil
            head += 1
            if head == elements.count {
                elements.removeAll(keepingCapacity: elements.count <= 64)
                head = 0
            } else if head > 64, head * 2 > elements.count {
                elements.removeFirst(head)
                head = 0
            }
            if let element { return element }
        }
        return nil
    }

    /// Takes out the first element that fits; linear.
    mutating func remove(where fits: (Element) -> Bool) -> Element? {
        for place in head..<elements.count {
            guard let element = elements[place], fits(element) else { continue }
            elements.remove(at: place)
            return element
        }
        return nil
    }
}
