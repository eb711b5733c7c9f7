//! Findings made by hand, on small contracts.

use contract::{
    diff::Reading,
    judge::{Complaint, Finding, Mark, Proof, Reach, Side, Site, Sites},
    report::{Compared, Report, Version},
    rules::{Detect, Rule},
    spec::{Bundle, FileId, Level},
    variance::{Direction, Effect, Verdict},
};

const OLD: &str = "\
openapi: 3.1.0
info: {title: Payments, version: 1.14.0}
paths:
  /payments:
    post:
      requestBody:
        content:
          application/json:
            schema: {$ref: '#/components/schemas/Payment'}
      responses: {'201': {description: Taken}}
  /cards/{id}:
    delete:
      summary: Forget a card
      parameters:
        - {name: id, in: path, required: true, schema: {type: string}}
      responses: {'204': {description: Gone}}
components:
  schemas:
    Payment:
      type: object
      required: [currency, amount]
      properties:
        amount: {type: integer, minimum: 1}
        currency:
          description: The currency in which the customer pays, in capital letters.
          type: string
          enum: [EUR, USD, GBP]
        state:
          oneOf:
            - {const: open}
            - {const: paid}
";

const NEW: &str = "\
openapi: 3.1.0
info: {title: Payments, version: 1.15.0}
paths:
  /payments:
    post:
      requestBody:
        content:
          application/json:
            schema: {$ref: '#/components/schemas/Payment'}
      responses: {'201': {description: Taken}}
components:
  schemas:
    Payment:
      type: object
      required: [currency, amount]
      properties:
        amount: {type: integer, minimum: 100}
        currency:
          description: The currency in which the shop is paid, as three capital letters.
          type: string
          enum: [EUR, USD]
        note:
          type: string
          maxLength: 140
        state:
          oneOf:
            - {const: open}
            - {const: [paid, settled]}
";

const fn rule(id: &'static str, effect: Effect) -> Rule {
    Rule {
        id,
        effect,
        except: &[],
        message: "",
        docs: "",
        detect: Detect::Diagnostic,
    }
}

pub(crate) static ENUM: Rule = rule("schema-enum-value-removed", Effect::Narrows);
pub(crate) static MINIMUM: Rule = rule("schema-minimum-raised", Effect::Narrows);
pub(crate) static OPERATION: Rule = rule("operation-removed", Effect::Removes);
pub(crate) static PROPERTY: Rule = rule("schema-property-added", Effect::Adds);
pub(crate) static WORDS: Rule = rule("schema-description-changed", Effect::Annotates);
pub(crate) static BRANCH: Rule = rule("schema-branch-changed", Effect::Obscures);

/// Both versions of the contract.
pub(crate) struct Pair {
    pub(crate) old: Bundle,
    pub(crate) new: Bundle,
}

impl Pair {
    pub(crate) fn payments() -> Self {
        Self::of(OLD, NEW)
    }

    pub(crate) fn of(old: &str, new: &str) -> Self {
        Self {
            old: super::common::bundle("api/payments", old),
            new: super::common::bundle("api/payments", new),
        }
    }

    pub(crate) fn compared(&self, findings: Vec<Finding>) -> Compared<'_> {
        Compared {
            name: "api/payments.yaml".to_owned(),
            contract: "payments".to_owned(),
            old: Some(&self.old),
            new: Some(&self.new),
            operations: 1,
            reading: Reading::Tolerant,
            findings,
            complaints: Vec::new(),
            rulings: Vec::new(),
        }
    }

    /// Everything that changed.
    pub(crate) fn findings(&self) -> Vec<Finding> {
        let operations = ["POST /payments", "webhook payment.updated"];
        vec![
            Finding {
                old: mark(&self.old, "summary: Forget", "\ncomponents"),
                new: absent(&self.new, "/payments:\n", "\ncomponents"),
                before: Some(r#"{"summary":"Forget a card","parameters":[{"name":"id","in":"path","required":true,"schema":{"type":"string"}}],"responses":{"204":{"description":"Gone"}}}"#.to_owned()),
                proof: Proof::Removed,
                sites: sites("op:DELETE /cards/{}", vec!["DELETE /cards/{id}".to_owned()]),
                ..finding(&OPERATION, Verdict::Breaking, Reach::None, "DELETE /cards/{id} was removed", "op:DELETE /cards/{}")
            },
            Finding {
                old: mark(&self.old, "[EUR, USD, GBP]", ""),
                new: mark(&self.new, "[EUR, USD]", ""),
                before: Some(r#"["EUR","USD","GBP"]"#.to_owned()),
                after: Some(r#"["EUR","USD"]"#.to_owned()),
                sites: sites("op:POST /payments > body > currency", operations.map(str::to_owned).to_vec()),
                output: Some(Verdict::Additive),
                ..finding(&ENUM, Verdict::Breaking, Reach::Both, "`currency` in the request body of POST /payments no longer accepts \"GBP\"", "op:POST /payments > body > currency")
            },
            Finding {
                old: mark(&self.old, "1}\n        currency", "}"),
                new: mark(&self.new, "100}", "}"),
                before: Some("1".to_owned()),
                after: Some("100".to_owned()),
                sites: sites("op:POST /payments > body > amount", (1..=12).map(|n| format!("POST /payments/{n:02}")).collect()),
                ..finding(&MINIMUM, Verdict::Breaking, Reach::One(Direction::Input), "`amount` in the request body of POST /payments must be at least 100, up from 1", "op:POST /payments > body > amount")
            },
            Finding {
                old: mark(&self.old, "- {const: open}", "END"),
                new: mark(&self.new, "- {const: open}", "END"),
                before: Some(r#"[{"const":"open"},{"const":"paid"}]"#.to_owned()),
                after: Some(r#"[{"const":"open"},{"const":["paid","settled"]}]"#.to_owned()),
                sites: sites("op:POST /payments > body > state", operations.map(str::to_owned).to_vec()),
                proof: Proof::Undecided("the branches of `oneOf` may overlap, so what one loses another may still accept".into()),
                ..finding(&BRANCH, Verdict::Undecided, Reach::One(Direction::Input), "a branch of `state` in the request body of POST /payments changed", "op:POST /payments > body > state")
            },
            Finding {
                level: Level::Warning,
                old: mark(&self.old, "string\n          enum", "\n"),
                new: mark(&self.new, "string\n          enum", "\n"),
                before: Some("\"string\"".to_owned()),
                after: Some("\"string\"".to_owned()),
                sites: sites("op:GET /payments > 200 > currency", operations.map(str::to_owned).to_vec()),
                ..finding(&ENUM, Verdict::Risky, Reach::One(Direction::Output), "`currency` in the response 200 of GET /payments may now be \"CHF\", which readers may not know", "op:GET /payments > 200 > currency")
            },
            Finding {
                level: Level::Note,
                old: absent(&self.old, "amount: {type", "END"),
                new: mark(&self.new, "type: string\n          maxLength", "\n        state"),
                after: Some(r#"{"type":"string","maxLength":140}"#.to_owned()),
                sites: sites("op:POST /payments > body > note", operations.map(str::to_owned).to_vec()),
                ..finding(&PROPERTY, Verdict::Additive, Reach::One(Direction::Input), "`note` was added to the request body of POST /payments", "op:POST /payments > body > note")
            },
            Finding {
                level: Level::Note,
                old: mark(&self.old, "The currency in", "\n"),
                new: mark(&self.new, "The currency in", "\n"),
                before: Some("\"The currency in which the customer pays, in capital letters.\"".to_owned()),
                after: Some("\"The currency in which the shop is paid, as three capital letters.\"".to_owned()),
                sites: sites("op:POST /payments > body > currency", operations.map(str::to_owned).to_vec()),
                ..finding(&WORDS, Verdict::Neutral, Reach::One(Direction::Input), "the description of `currency` in the request body of POST /payments changed", "op:POST /payments > body > currency")
            },
        ]
    }

    pub(crate) fn complaints(&self) -> Vec<Complaint> {
        let offset = |bundle: &Bundle, needle: &str| at(bundle, needle);
        vec![
            Complaint {
                rule: "reference-dangling",
                level: Level::Error,
                side: Some(Side::New),
                message: "`#/components/schemas/Refund` leads nowhere".to_owned(),
                file: FileId(0),
                offset: offset(&self.new, "note:"),
            },
            Complaint {
                rule: "yaml-ambiguous-scalar",
                level: Level::Warning,
                side: None,
                message: "YAML 1.1 and 1.2 read the plain scalar no differently; quote it"
                    .to_owned(),
                file: FileId(0),
                offset: offset(&self.new, "Taken"),
            },
        ]
    }
}

pub(crate) fn report(contracts: Vec<Compared<'_>>) -> Report<'_> {
    Report {
        base: Version {
            label: "9f2c1ab".to_owned(),
            commit: Some("9f2c1ab04d5e6f708192a3b4c5d6e7f8091a2b3c".to_owned()),
        },
        head: Version {
            label: "working tree".to_owned(),
            commit: None,
        },
        today: "2026-11-20".to_owned(),
        fail_on: Some(Level::Error),
        contracts,
        governance: None,
    }
}

pub(crate) fn finding(
    rule: &'static Rule,
    verdict: Verdict,
    reach: Reach,
    message: &str,
    element: &str,
) -> Finding {
    let seen = |wanted| {
        let reached = reach == Reach::Both || reach == Reach::One(wanted);
        reached.then_some(verdict)
    };
    Finding {
        rule,
        verdict,
        level: Level::Error,
        reach,
        input: seen(Direction::Input),
        output: seen(Direction::Output),
        message: message.to_owned(),
        pointer: "/components/schemas/Payment/properties/currency".to_owned(),
        old: None,
        new: None,
        before: None,
        after: None,
        proof: Proof::Rule,
        sites: sites(element, Vec::new()),
    }
}

pub(crate) fn sites(element: &str, operations: Vec<String>) -> Sites {
    let sites = vec![
        site(element, "3f9c1a2e7b04"),
        site("webhook:payment.updated > body > currency", "c44b19e0d7aa"),
        site(element, "8d01c77f52aa"),
    ];
    Sites::listed(sites, operations)
}

fn site(element: &str, digits: &str) -> Site {
    Site {
        element: element.to_owned(),
        fingerprint: format!("cf1:{digits:0<40}"),
    }
}

fn at(bundle: &Bundle, needle: &str) -> u32 {
    let text = bundle.tree(FileId(0)).source().text();
    u32::try_from(text.find(needle).expect("the contract has it")).expect("small")
}

/// From where `start` begins up to where `end` follows, or to the end of `start`.
#[allow(clippy::unnecessary_wraps, reason = "what findings hold")]
pub(crate) fn mark(bundle: &Bundle, start: &str, end: &str) -> Option<Mark> {
    let text = bundle.tree(FileId(0)).source().text();
    let from = at(bundle, start);
    let until = match end {
        "" => start.len(),
        end => text[from as usize..]
            .find(end)
            .unwrap_or(text.trim_end().len() - from as usize),
    };
    Some(Mark {
        file: FileId(0),
        start: from,
        end: from + u32::try_from(until).expect("small"),
        absent: false,
    })
}

fn absent(bundle: &Bundle, start: &str, end: &str) -> Option<Mark> {
    mark(bundle, start, end).map(|mark| Mark {
        absent: true,
        ..mark
    })
}
