/// The value that would stand at a place if numbers were sorted, without sorting them (Hoare's FIND, 1961).
enum Selection {
    static func value<Number: FixedWidthInteger>(at place: Int, of numbers: inout [Number]) -> Number {
        numbers.withUnsafeMutableBufferPointer { numbers in
            var low = 0
            var high = numbers.count - 1
            while low < high {
                let pivot = numbers[place]
                var i = low
                var j = high
                while i <= j {
                    while numbers[i] < pivot { i += 1 }
                    while pivot < numbers[j] { j -= 1 }
                    if i <= j {
                        numbers.swapAt(i, j)
                        i += 1
                        j -= 1
                    }
                }
                if j < place { low = i }
                if place < i { high = j }
            }
            return numbers[place]
        }
    }
}
