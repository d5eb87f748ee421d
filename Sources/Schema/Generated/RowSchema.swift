/// A digest of the messages in `rows.proto`, made by `scripts/generate`.
public enum RowSchema {
  public static let digest: UInt64 = 2535752808
}
