/// The stable codes of refusals (domain.md 2.20). A code is never renamed: clients test for it.
public enum RefusalCode: String, Hashable, Sendable, CaseIterable {
  case authRequired = "auth.required"
  case authInvalidCredentials = "auth.invalid_credentials"

  case passwordTooShort = "password.too_short"
  case passwordTooLong = "password.too_long"
  case passwordMissingUpper = "password.missing_upper"
  case passwordMissingLower = "password.missing_lower"
  case passwordMissingDigit = "password.missing_digit"
  case passwordMissingSpecial = "password.missing_special"
  case passwordForbiddenCharacter = "password.forbidden_character"
  case passwordContainsEmail = "password.contains_email"
  case passwordConfirmationMismatch = "password.confirmation_mismatch"
  case passwordOldIncorrect = "password.old_incorrect"
  case passwordReused = "password.reused"

  case accountNotActive = "account.not_active"
  case accountClosed = "account.closed"
  case accountNotLocked = "account.not_locked"
  case accountStateConflict = "account.state_conflict"
  case accountOpenSubmittedApplications = "account.open_submitted_applications"

  case enrolmentMembershipFormat = "enrolment.membership_format"
  case enrolmentAlreadyEnrolled = "enrolment.already_enrolled"
  case enrolmentDocumentsMissing = "enrolment.documents_missing"
  case enrolmentAlreadySubmitted = "enrolment.already_submitted"
  case enrolmentNotOpen = "enrolment.not_open"
  case enrolmentNoDocumentsRequested = "enrolment.no_documents_requested"
  case enrolmentMembershipNotVerified = "enrolment.membership_not_verified"
  case enrolmentAlreadyDecided = "enrolment.already_decided"

  case standingNotGood = "standing.not_good"

  case profilePhoneFormat = "profile.phone_format"
  case profileFaxFormat = "profile.fax_format"
  case profileEmailFormat = "profile.email_format"

  case clientNameRequired = "client.name_required"

  case applicationNotFound = "application.not_found"
  case applicationAcknowledgementRequired = "application.acknowledgement_required"
  case applicationTypeNotAvailable = "application.type_not_available"
  case applicationCbsaNumberRequired = "application.cbsa_number_required"
  case applicationNumberInUse = "application.number_in_use"
  case applicationTooManyDrafts = "application.too_many_drafts"
  case applicationDeleted = "application.deleted"
  case applicationExpired = "application.expired"
  case applicationFrozen = "application.frozen"
  case applicationAlreadySubmitted = "application.already_submitted"
  case applicationDeleteNotAllowedSubmitted = "application.delete_not_allowed_submitted"
  case applicationIncomplete = "application.incomplete"
  case applicationUnknownSection = "application.unknown_section"
  case applicationSectionTooLarge = "application.section_too_large"
  case applicationNotAGroup = "application.not_a_group"
  case applicationTooManyMembers = "application.too_many_members"
  case applicationStateConflict = "application.state_conflict"

  case documentNoOpenRequest = "document.no_open_request"
  case requestClosed = "request.closed"
  case requestDueTooSoon = "request.due_too_soon"

  case inboxAccountClosed = "inbox.account_closed"
  case messageNotFound = "message.not_found"

  case fieldRequired = "field.required"
  case fieldTooLong = "field.too_long"
  case fieldInvalidFormat = "field.invalid_format"

  case concurrencyVersionConflict = "concurrency.version_conflict"
  case commandIdReused = "command.id_reused"
  case internalNumberTaken = "internal.number_taken"
  case internalTemplateMissing = "internal.template_missing"
}
