import Foundation
import TestSupport
import Testing

/// As root, somebody else is asked: root may do everything.
@Suite("Permissions")
struct PermissionTests {
  /// Runs a line as a user who owns nothing; as ourselves without root, which is as good where we took our own rights away.
  private func asSomebody(_ shell: Shell, _ line: String) throws -> Shell.Result {
    let other = getuid() == 0 ? "setpriv --reuid=65534 --regid=65534 --clear-groups " : ""
    return try shell(other + "env TMPDIR=/tmp " + line)
  }

  @Test("to read are enough for everything that replay offers, and give the same answers")
  func readingOnly() throws {
    let shell = Shell()
    try shell.fill()
    #expect(try shell("rm -rf $data/keys/master.key; $replay rebuild --data $data; chmod -R a+rX,a-w $data $data/..").exit == 0)
    let questions = [
      "status", "history --representative P010001243312", "show 9", "applications --representative P010001243312",
      "inbox --representative P010001243312", "verify", "export", "applications --representative P010001243312 --as-of 2023-08-02",
    ]
    for question in questions {
      let own = try shell("$replay \(question) --data $data")
      let other = try asSomebody(shell, "$replay \(question) --data $data")
      #expect(other.exit == 0 && other.output == own.output, "\(question): \(other.exit) \(other.errors)")
    }
    _ = try shell("chmod -R u+w $data")
  }

  @Test(
    "that are missing are named with what they are missing for, and are never taken for absence",
    arguments: [
      ("log", "enter"), ("log/data.mdb", "read"), ("format", "read"), (".", "enter"),
    ])
  func missing(part: String, right: String) throws {
    let shell = Shell()
    try shell.fill()
    _ = try shell("chmod -R a+rwX $data; chmod 755 $data/..; chmod 0000 $data/\(part)")
    for line in ["$replay status --data $data", "$replay verify --data $data", "$portal act --data $data - < /dev/null"] {
      let result = try asSomebody(shell, line)
      #expect(result.exit == 74, "\(part), \(line): \(result.exit) \(result.errors)")
      #expect(result.errors.contains("may not \(right) "), "\(part), \(line): \(result.errors)")
      for word in ["missing", "no log here", "damaged"] {
        #expect(!result.errors.contains(word), "\(part), \(line): \(result.errors)")
      }
    }
    _ = try shell("chmod 0700 $data/\(part); chmod -R u+rwX $data")
    #expect(try shell("$replay verify --data $data").exit == 0, "nothing was begun anew")
  }
}
