//! The words of the files for what the types hold.

use super::{
    Audience, ConsumerKind, ContractKind, Decision, Evidence, Role, Tier, Trust, UsageSource,
    WaiverKind,
};

/// All values of an enum with their words.
macro_rules! words {
    ($($type:ident { $($variant:ident = $word:literal),+ $(,)? })+) => { $(
        impl $type {
            /// All, in the order of the documentation.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word used in files and reports.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self {
                    $(Self::$variant => $word),+
                }
            }
        }
    )+ };
}

words! {
    Tier { Critical = "critical", Standard = "standard", BestEffort = "best-effort" }
    ConsumerKind { Internal = "internal", Partner = "partner", Public = "public" }
    ContractKind { OpenApi = "openapi", JsonSchema = "json-schema" }
    Role { Producer = "producer", Consumer = "consumer", Both = "both" }
    Audience { Public = "public", Partner = "partner", Internal = "internal" }
    Trust { Signed = "signed", BaseOrSigned = "base-or-signed", Codeowners = "codeowners" }
    WaiverKind {
        Security = "security",
        Legal = "legal",
        SpecCorrection = "spec-correction",
        NeverShipped = "never-shipped",
        Benign = "benign",
        PreviouslyApproved = "previously-approved",
    }
    Evidence { Off = "off", Inform = "inform", WaiveSignoff = "waive-signoff", Strict = "strict" }
    Decision { Accept = "accept", Object = "object", Abstain = "abstain" }
    UsageSource { Declared = "declared" }
}
