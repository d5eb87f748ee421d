/// The kinds of documents that can be asked for (domain.md 2.8). The raw value stands in events.
public enum DocumentSlot: String, Hashable, Sendable, CaseIterable {
  case passport, photo, proofOfFunds, letterOfAcceptance, attestationLetter, familyInfo, imm5476, basisOfClaim
  case identity, medical, police, employmentLetter, birthCertificate, biometricFeeReceipt, nameChangeProof, other
}
