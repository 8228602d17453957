/// An attribute of a start tag, as two ranges: into the source, or where an ``HTMLTokenizer`` or a ``MarkupTree`` has it,
/// into their bytes. 16 bytes.
public struct MarkupAttribute: Sendable, Hashable {
    var nameRange: ByteRange
    var valueRange: ByteRange

    @inline(__always)
    init(name: ByteRange, value: ByteRange) {
        nameRange = name
        valueRange = value
    }

    init(name: Range<Int>, value: Range<Int>) {
        nameRange = ByteRange(name.lowerBound, name.upperBound)
        valueRange = ByteRange(value.lowerBound, value.upperBound)
    }

    public var name: Range<Int> { nameRange.range }
    /// Without quotes; empty when no value was given. In XML it may hold character references.
    public var value: Range<Int> { valueRange.range }
}
