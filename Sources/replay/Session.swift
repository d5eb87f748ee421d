import ArgumentParser
import Domain
import EventStore
import Foundation
import Keys
import LMDB
import Projections
import Schema

/// What every verb takes.
struct CommonOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The data directory.", valueName: "dir"))
  var data = "./data"

  @Option(help: "How the result is printed.")
  var format = OutputFormat.text

  @Option(name: .customLong("lang"), help: ArgumentHelp("The language of tables.", valueName: "en|fr"))
  var language = TableLanguage.en

  func directory() throws -> DataDirectory {
    guard FileSystem.exists(data) else { throw ReplayError.noDataDirectory(data) }
    return DataDirectory(data)
  }
}

enum TableLanguage: String, ExpressibleByArgument, CaseIterable {
  case en, fr
  var language: Language { self == .en ? .english : .french }
}

/// The log of a data directory, opened for reading, and what is asked of it.
struct Session {
  let directory: DataDirectory
  let log: LMDBEventLog
  let keys: KeyReader
  let models: ReadModels

  /// What a verb does with keys.
  enum KeyUse {
    /// Opens personal data with them.
    case opening
    /// Opens nothing, and says how they are.
    case reporting
  }

  init(_ options: CommonOptions, keys use: KeyUse = .opening) throws {
    directory = try options.directory()
    log = try LMDBEventLog(directory: directory, options: .init(access: .readOnly))
    keys =
      switch use {
      case .opening: try KeyReader(path: directory.keys, masterKeyFile: Self.masterKeyFile, log: log)
      case .reporting: KeyReader(openingNothingOf: log)
      }
    models = ReadModels(dataDirectory: directory, log: log, keys: keys)
  }

  private static var masterKeyFile: String? { ProcessInfo.processInfo.environment[MasterKey.environmentVariable] }

  /// Holds keys and verifiers against the log: every event is looked at.
  /// - Precondition: The session is one that reports.
  func custody() throws -> Custody {
    try Custody(keys: directory.keys, masterKeyFile: Self.masterKeyFile, secrets: directory.secrets, log: log)
  }
}

/// Whose history or table.
struct RepresentativeOption: ParsableArguments {
  @Option(help: ArgumentHelp("A Representative IRCC ID (P and 12 digits), or an account's identifier.", valueName: "id"))
  var representative: String

  func validate() throws {
    guard representative.wholeMatch(of: /P\d{12}/) != nil || UUID(uuidString: representative) != nil else {
      throw ValidationError("'\(representative)' is not a Representative IRCC ID: P and 12 digits.")
    }
  }

  func account(in log: any EventLog) throws -> UUID {
    if let account = UUID(uuidString: representative) {
      let tag = Tag(TagNames.representative(account))
      if try log.head(of: tag) != nil { return account }
    } else if let account = try log.account(representative: representative) {
      return account
    }
    throw ReplayError.unknownRepresentative(representative)
  }
}

/// Which page of a table.
struct PageOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Which page; one beyond the end is the last.", valueName: "n"))
  var page = 1

  @Option(help: "Items per page.")
  var pageSize = PageSize.five

  func validate() throws {
    guard page >= 1 else { throw ValidationError("The first page is --page 1.") }
  }

  var request: PageRequest { PageRequest(number: page, size: pageSize) }
}

extension PageSize: ExpressibleByArgument {
  public init?(argument: String) {
    guard let number = Int(argument) else { return nil }
    self.init(rawValue: number)
  }

  public static var allValueStrings: [String] { allCases.map { String($0.rawValue) } }
  public var defaultValueDescription: String { String(rawValue) }
}
