import Domain
import Foundation
import Schema
import TestSupport

/// The cast of domain.md section 5.
enum Sample {
  static let doe = UUID.test(1)
  static let tremblay = UUID.test(2)
  static let package = UUID.test(3)
  static let helen = UUID.test(4)
  static let alice = UUID.test(5)

  static let representative = CommandActor.representative(account: doe)
  static let enrolmentOfficer = CommandActor.enrolmentOfficer("12")
  static let officer = CommandActor.officer("77")
  static let register = CommandActor.adapter("register")

  static let form = SubmitEnrolment(
    account: doe, governingBody: .collegeOfImmigrationAndCitizenshipConsultants, membershipID: "R512345",
    membershipKey: Data([1, 2, 3]), surname: "Doe", givenName: "John", dateOfBirth: "1980-05-06",
    email: "John.Doe@CICC.com", telephone: "5143334545", businessName: nil, mailingAddress: "1 Elgin St\nOttawa",
    language: .english, emailUpdates: true, documents: [.test(20), .test(21)], declarationVersion: 1)

  static func account(
    _ standing: Standing = .good, id: UUID = doe, language: Language = .english
  ) -> RepresentativeState {
    let context = DecisionContext.test(.system, at: .utc("2023-05-04 14:00:00"))
    let submitted = RepresentativeEvent.OneOf_Event.enrolmentRequestSubmitted(
      .with {
        $0.accountID = id.data
        $0.language = language
        $0.governingBody = .collegeOfImmigrationAndCitizenshipConsultants
      })
    let approved = RepresentativeEvent.OneOf_Event.enrolmentRequestApproved(
      .with { $0.representativeID = "P010001243312" })
    let changed = RepresentativeEvent.OneOf_Event.standingChanged(.with { $0.to = standing })
    return DeciderSpec(RepresentativeDecider.self, context: context).given(submitted, approved, changed).state
  }

  static func closedAccount() -> RepresentativeState {
    RepresentativeDecider.evolve(account(), with: .accountClosed(.init()), at: Instant(microseconds: 0))
  }

  static func person(_ id: UUID = helen, given: String? = "Helen", family: String? = "Incredible") -> PersonDetails {
    PersonDetails(person: id, familyName: family, givenNames: given)
  }

  static func creation(
    _ type: ApplicationType = .visitorVisa, mode: ApplicationCreated.Mode = .individual, border: BorderClaim? = nil,
    number: UInt64 = 61001
  ) -> CreateApplication {
    CreateApplication(
      package: package, number: number, isNumberTaken: false, type: type, mode: mode, principal: person(),
      acknowledgedVersion: 1, borderClaim: border, openDrafts: 0)
  }

  static func save(
    _ section: FormSection, person: UUID? = nil, digest: UInt64 = 7, isComplete: Bool = true,
    expectedRevision: UInt64? = nil
  ) -> SaveApplication {
    SaveApplication(
      person: person, section: section.rawValue, answers: Data("{}".utf8), digest: digest, changedFields: ["a.b"],
      isComplete: isComplete, expectedRevision: expectedRevision)
  }

  static let application = SubmittedApplication.test(number: "L100003694")

  static func draftSpec(
    _ type: ApplicationType = .visitorVisa, mode: ApplicationCreated.Mode = .individual,
    at now: Instant = .utc("2024-01-15 15:00:00")
  ) throws -> DeciderSpec<PackageDecider> {
    try DeciderSpec(PackageDecider.self, context: .test(representative, at: now, account: account()))
      .after(.create(creation(type, mode: mode)))
  }
}

extension SubmittedApplication {
  static func test(number: String) -> SubmittedApplication {
    let event = ApplicationEvent.OneOf_Event.applicationSubmitted(
      .with {
        $0.applicationID = UUID.test(9).data
        $0.packageID = Sample.package.data
        $0.packageNumber = 4984
        $0.applicationNumber = number
        $0.accountID = Sample.doe.data
        $0.personID = Sample.helen.data
        $0.type = .refugeeClaim
      })
    let state = ApplicationStream.evolve(.none, with: event, at: .utc("2023-08-04 15:00:00"))
    guard let application = state.application else { preconditionFailure("The fold must know the application.") }
    return application
  }
}
