import Foundation

/// A file system of a few MiB, mounted as long as this value lives.
final class SmallDisk {
  enum Kind: String, Sendable, CaseIterable { case tmpfs, ext4 }

  let path: String
  private let image: String
  private let shell: Shell

  /// - Returns: `nil` where nothing may be mounted: without root, or in a container that forbids it.
  init?(_ kind: Kind, _ shell: Shell) throws {
    self.shell = shell
    path = NSTemporaryDirectory() + "dossier-disk-" + UUID().uuidString.lowercased()
    image = path + ".image"
    guard getuid() == 0 else { return nil }
    let making =
      switch kind {
      case .tmpfs: "mount -t tmpfs -o size=8m tmpfs \(path)"
      case .ext4: "truncate -s 12M \(image) && mkfs.ext4 -q -F -m 0 \(image) && mount -o loop \(image) \(path)"
      }
    guard try shell("mkdir \(path) && \(making)").exit == 0 else {
      _ = try shell("rmdir \(path); rm -f \(image)")
      return nil
    }
  }

  deinit { _ = try? shell("umount \(path); rmdir \(path); rm -f \(image)") }

  /// Leaves so many KiB. - Parameter name: The file that takes the rest.
  func fill(leaving kibibytes: Int, _ name: String = "filler") throws {
    _ = try shell(
      """
      dd if=/dev/zero of=\(path)/\(name) bs=64k 2>/dev/null; dd if=/dev/zero of=\(path)/\(name).2 bs=4k 2>/dev/null; sync -f \(path)
      dd if=/dev/zero of=\(path)/\(name).2 bs=4k 2>/dev/null
      size=$(stat -c %s \(path)/\(name)); truncate -s $((size - \(kibibytes) * 1024)) \(path)/\(name); sync -f \(path)
      """)
  }

  func free() throws { _ = try shell("rm -f \(path)/filler*; sync -f \(path)") }
}
