import Foundation
import Histogram

/// One line of the result.
struct Row: Encodable {
  let row: String
  let value: Double
  let unit: String
  let baseline: Double?
  let ratio: Double?
  let detail: String
  /// Microseconds; absent under 1,000 samples.
  var p50: UInt64?
  var p95: UInt64?
  var p99: UInt64?
  var p999: UInt64?

  /// - Parameter ratio: The median over the rounds, where there are several; else what the two medians make.
  init(
    _ row: String, _ value: Double, _ unit: String, baseline: Double? = nil, ratio: Double? = nil, detail: String,
    latencies: Latencies? = nil
  ) {
    self.row = row
    self.value = value.rounded()
    self.unit = unit
    self.baseline = baseline?.rounded()
    self.ratio = baseline.map { ((ratio ?? value / $0) * 1_000).rounded() / 1_000 }
    self.detail = detail
    if let latencies, latencies.count >= 1_000 {
      (p50, p95, p99, p999) = (latencies.at(50), latencies.at(95), latencies.at(99), latencies.at(99.9))
    }
  }
}

/// How long each call took.
struct Latencies: Sendable {
  private var histogram = Histogram<UInt64>(highestTrackableValue: 60_000_000, numberOfSignificantValueDigits: .three)

  var count: UInt64 { histogram.totalCount }

  mutating func record(_ duration: Duration) { histogram.record(max(1, UInt64(duration / .microseconds(1)))) }

  mutating func add(_ other: Latencies) { histogram.add(other.histogram) }

  /// Microseconds.
  func at(_ percentile: Double) -> UInt64 { histogram.valueAtPercentile(percentile) }
}

extension Duration {
  var seconds: Double { self / .seconds(1) }
}

func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }
