import Synchronization

/// The numbers of the server, as Prometheus reads them (exposition format 0.0.4).
///
/// A route is named by its pattern, never by a path. At most 2,000 series are kept; what comes later is counted in one series
/// per name, so that nobody fills the memory with labels.
public final class MetricsRegistry: Sendable {
  private enum Kind: String { case counter, gauge, histogram }

  private struct Series: Hashable {
    let name: String
    let labels: [String]
  }

  private struct Histogram {
    var counts: [Int]
    var sum = 0.0
    var count = 0
  }

  private struct State {
    var kinds: [String: Kind] = [:]
    var numbers: [Series: Double] = [:]
    var histograms: [Series: Histogram] = [:]
  }

  /// Seconds.
  static let bounds = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5]
  private static let limit = 2_000
  private let state = Mutex(State())

  public init() {}

  /// Adds to a counter. `labels` are name and value in turn.
  public func count(_ name: String, _ labels: [String] = [], by amount: Int = 1) {
    state.withLock { state in
      state.kinds[name] = .counter
      state.numbers[Self.admit(name, labels, state.numbers.count, known: { state.numbers[$0] != nil }), default: 0] += Double(
        amount)
    }
  }

  /// Sets a gauge.
  public func set(_ name: String, _ labels: [String] = [], to value: Double) {
    state.withLock { state in
      state.kinds[name] = .gauge
      state.numbers[Self.admit(name, labels, state.numbers.count, known: { state.numbers[$0] != nil })] = value
    }
  }

  /// Adds to a gauge.
  public func change(_ name: String, _ labels: [String] = [], by amount: Double) {
    state.withLock { state in
      state.kinds[name] = .gauge
      state.numbers[Self.admit(name, labels, state.numbers.count, known: { state.numbers[$0] != nil }), default: 0] += amount
    }
  }

  /// Adds an observation, in seconds, to a histogram.
  public func observe(_ name: String, _ labels: [String] = [], seconds: Double) {
    state.withLock { state in
      state.kinds[name] = .histogram
      let series = Self.admit(name, labels, state.histograms.count, known: { state.histograms[$0] != nil })
      var histogram = state.histograms[series] ?? Histogram(counts: Array(repeating: 0, count: Self.bounds.count))
      if let index = Self.bounds.firstIndex(where: { seconds <= $0 }) { histogram.counts[index] += 1 }
      histogram.sum += seconds
      histogram.count += 1
      state.histograms[series] = histogram
    }
  }

  private static func admit(_ name: String, _ labels: [String], _ count: Int, known: (Series) -> Bool) -> Series {
    let series = Series(name: name, labels: labels)
    return count < limit || known(series) ? series : Series(name: name, labels: ["series", "other"])
  }

  /// All of them, sorted by name and labels.
  public var text: String {
    let state = state.withLock { $0 }
    var text = ""
    for (name, kind) in state.kinds.sorted(by: { $0.key < $1.key }) {
      text += "# TYPE \(name) \(kind.rawValue)\n"
      let numbers = state.numbers.filter { $0.key.name == name }.map { (Self.labels($0.key.labels), $0.value) }
      for (labels, value) in numbers.sorted(by: { $0.0 < $1.0 }) { text += "\(name)\(labels) \(Self.number(value))\n" }
      for (series, histogram) in state.histograms.filter({ $0.key.name == name }).sorted(by: {
        $0.key.labels.lexicographicallyPrecedes($1.key.labels)
      }) {
        text += Self.lines(name, series.labels, histogram)
      }
    }
    return text
  }

  private static func lines(_ name: String, _ labels: [String], _ histogram: Histogram) -> String {
    var text = ""
    var below = 0
    for (bound, count) in zip(bounds, histogram.counts) {
      below += count
      text += "\(name)_bucket\(Self.labels(labels + ["le", number(bound)])) \(below)\n"
    }
    text += "\(name)_bucket\(Self.labels(labels + ["le", "+Inf"])) \(histogram.count)\n"
    text += "\(name)_sum\(Self.labels(labels)) \(number(histogram.sum))\n"
    return text + "\(name)_count\(Self.labels(labels)) \(histogram.count)\n"
  }

  private static func labels(_ labels: [String]) -> String {
    guard !labels.isEmpty else { return "" }
    let pairs = stride(from: 0, to: labels.count - 1, by: 2).map { "\(labels[$0])=\"\(escaped(labels[$0 + 1]))\"" }
    return "{" + pairs.joined(separator: ",") + "}"
  }

  private static func escaped(_ value: String) -> String {
    value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
  }

  private static func number(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : "\(value)"
  }
}
