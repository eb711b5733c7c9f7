//! What a policy says that says nothing.

use super::{
    Audience, DeprecationRules, Evidence, Mode, Policy, QuorumRule, SignoffRules, Trust,
    WaiverKind, WaiverRules, Windows,
};
use crate::policy::files::Stability;
use std::collections::BTreeMap;

impl Default for Policy {
    fn default() -> Self {
        Self {
            mode: Mode::Enforce,
            base: None,
            teams: BTreeMap::new(),
            contracts: None,
            windows: Windows::default(),
            deprecation: DeprecationRules::default(),
            levels: Vec::new(),
            freeze: Vec::new(),
            signoff: SignoffRules::default(),
            waivers: WaiverRules::default(),
            evidence: Evidence::default(),
            allow_clock_override: false,
            origins: BTreeMap::new(),
        }
    }
}

impl Default for Windows {
    fn default() -> Self {
        Self {
            draft: 0,
            alpha: 0,
            beta: 30,
            stable: 90,
            version: 180,
            audience_factor: BTreeMap::from([(Audience::Public, 2)]),
        }
    }
}

impl Default for DeprecationRules {
    fn default() -> Self {
        Self {
            require_replacement: true,
            require_guide: vec![Stability::Stable],
            backdate_tolerance: 7,
            overdue_after: 30,
        }
    }
}

impl Default for SignoffRules {
    fn default() -> Self {
        Self {
            trust: Trust::default(),
            max_age: 180,
            allow_self_approval: false,
            critical: QuorumRule::All,
            standard: QuorumRule::All,
            best_effort: QuorumRule::Lazy { days: 14 },
        }
    }
}

impl Default for WaiverRules {
    fn default() -> Self {
        Self {
            kinds: vec![
                WaiverKind::Security,
                WaiverKind::Legal,
                WaiverKind::SpecCorrection,
                WaiverKind::NeverShipped,
                WaiverKind::Benign,
            ],
            team: None,
            count: 1,
            max_age: 30,
        }
    }
}
