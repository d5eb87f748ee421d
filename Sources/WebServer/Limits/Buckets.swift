import Synchronization

/// So many requests in so much time, with so many at once.
public struct RateLimit: Equatable, Sendable {
  /// What the limit counts; limits of one name share their buckets.
  public let name: String
  public let burst: Int
  public let perSecond: Double

  /// At most `count` in `seconds`, all of them at once if need be.
  public init(_ name: String, _ count: Int, per seconds: Double) {
    self.init(name, burst: count, perSecond: Double(count) / seconds)
  }

  public init(_ name: String, burst: Int, perSecond: Double) {
    self.name = name
    self.burst = burst
    self.perSecond = perSecond
  }
}

/// Token buckets, in a table that never grows beyond its bound: the oldest entry makes room.
public final class Buckets: Sendable {
  struct Key: Hashable {
    let limit: String
    let who: String
  }

  private struct Bucket {
    var tokens: Double
    var at: Int64
  }

  private struct Shard {
    var buckets: [Key: Bucket] = [:]
    /// The keys in the order they came, in a ring.
    var order: [Key] = []
    var next = 0
  }

  /// Not copyable, so that it stands where it was made.
  private final class Slot: Sendable {
    let shard = Mutex(Shard())
  }

  private let slots: [Slot]
  private let perShard: Int
  private let now: @Sendable () -> Int64

  public init(capacity: Int = 100_000, now: @escaping @Sendable () -> Int64) {
    slots = (0..<16).map { _ in Slot() }
    perShard = max(1, capacity / 16)
    self.now = now
  }

  /// Takes a token; or the seconds until there is one.
  func take(_ limit: RateLimit, who: String) -> Int? {
    let key = Key(limit: limit.name, who: who)
    let moment = now()
    return slots[Int(UInt(bitPattern: key.hashValue) % 16)].shard.withLock { shard in
      var bucket = shard.buckets[key] ?? Bucket(tokens: Double(limit.burst), at: moment)
      bucket.tokens = min(Double(limit.burst), bucket.tokens + Double(max(0, moment - bucket.at)) / 1_000_000 * limit.perSecond)
      bucket.at = moment
      let isThere = bucket.tokens >= 1
      let wait = isThere ? nil : max(1, Int(((1 - bucket.tokens) / limit.perSecond).rounded(.up)))
      if isThere { bucket.tokens -= 1 }
      if shard.buckets.updateValue(bucket, forKey: key) == nil { remember(key, in: &shard) }
      return wait
    }
  }

  private func remember(_ key: Key, in shard: inout Shard) {
    guard shard.order.count >= perShard else {
      shard.order.append(key)
      return
    }
    shard.buckets[shard.order[shard.next]] = nil
    shard.order[shard.next] = key
    shard.next = (shard.next + 1) % perShard
  }

  /// The entries there are.
  var count: Int { slots.reduce(0) { $0 + $1.shard.withLock { $0.buckets.count } } }
}
