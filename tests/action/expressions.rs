//! The part of GitHub's expressions that the action uses: paths, texts, `!`, `==`, `!=`, `&&`, `||`, parentheses, and how the job stands.

/// What names stand for, and how the job stands.
pub(crate) struct Scope<'s> {
    pub(crate) lookup: &'s dyn Fn(&str) -> String,
    pub(crate) failed: bool,
}

/// Replaces every `${{ ... }}` of a text.
pub(crate) fn filled(text: &str, scope: &Scope<'_>) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("${{") {
        let (expression, after) = after.split_once("}}").expect("an expression ends");
        out.push_str(before);
        out.push_str(&value(expression, scope));
        rest = after;
    }
    out.push_str(rest);
    out
}

/// Whether a step runs.
pub(crate) fn holds(condition: Option<&str>, scope: &Scope<'_>) -> bool {
    let Some(condition) = condition else {
        return !scope.failed;
    };
    let inner = condition.trim().trim_start_matches("${{");
    let inner = inner.trim_end_matches("}}");
    let asks = ["always()", "cancelled()", "failure()", "success()"];
    let says = asks.iter().any(|status| inner.contains(status));
    (says || !scope.failed) && truthy(&value(inner, scope))
}

fn truthy(value: &str) -> bool {
    !value.is_empty() && value != "false"
}

fn value(expression: &str, scope: &Scope<'_>) -> String {
    let tokens = tokens(expression);
    let mut parser = Parser {
        tokens: &tokens,
        scope,
    };
    let value = parser.any();
    assert!(
        parser.tokens.is_empty(),
        "{expression}: {:?}",
        parser.tokens
    );
    value
}

fn tokens(text: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '\'' => rest[1..].find('\'').expect("a text ends") + 2,
            '(' | ')' => 1,
            '!' if !rest.starts_with("!=") => 1,
            '=' | '!' | '&' | '|' => 2,
            _ => {
                let status = ["always()", "cancelled()", "failure()", "success()"];
                let status = status.iter().find(|status| rest.starts_with(**status));
                let end = |c: char| !(c.is_alphanumeric() || "._-".contains(c));
                status.map_or_else(|| rest.find(end).unwrap_or(rest.len()), |it| it.len())
            }
        };
        assert!(length > 0, "what is {rest}?");
        tokens.push(rest[..length].to_owned());
        rest = rest[length..].trim_start();
    }
    tokens
}

struct Parser<'p> {
    tokens: &'p [String],
    scope: &'p Scope<'p>,
}

impl Parser<'_> {
    fn takes(&mut self, token: &str) -> bool {
        let is_next = self.tokens.first().is_some_and(|next| next == token);
        if is_next {
            self.tokens = &self.tokens[1..];
        }
        is_next
    }

    /// `||` and `&&` give one of their operands, as in JavaScript.
    fn any(&mut self) -> String {
        let mut value = self.all();
        while self.takes("||") {
            let other = self.all();
            if !truthy(&value) {
                value = other;
            }
        }
        value
    }

    fn all(&mut self) -> String {
        let mut value = self.compared();
        while self.takes("&&") {
            let other = self.compared();
            if truthy(&value) {
                value = other;
            }
        }
        value
    }

    fn compared(&mut self) -> String {
        let value = self.one();
        if self.takes("==") {
            return (value == self.one()).to_string();
        }
        if self.takes("!=") {
            return (value != self.one()).to_string();
        }
        value
    }

    fn one(&mut self) -> String {
        if self.takes("!") {
            return (!truthy(&self.one())).to_string();
        }
        if self.takes("(") {
            let value = self.any();
            assert!(self.takes(")"), "a parenthesis is closed");
            return value;
        }
        let (token, rest) = self.tokens.split_first().expect("an operand");
        self.tokens = rest;
        match token.as_str() {
            "always()" => "true".to_owned(),
            "cancelled()" => "false".to_owned(),
            "failure()" => self.scope.failed.to_string(),
            "success()" => (!self.scope.failed).to_string(),
            text if text.starts_with('\'') => text.trim_matches('\'').to_owned(),
            name => (self.scope.lookup)(name),
        }
    }
}

#[test]
fn expressions_mean_what_they_mean_on_a_runner() {
    let lookup = |name: &str| match name {
        "a.b-c" => "x".to_owned(),
        "no" => "false".to_owned(),
        _ => String::new(),
    };
    let scope = Scope {
        lookup: &lookup,
        failed: true,
    };
    assert_eq!(
        filled("[${{ none || a.b-c }}] ${{no}}", &scope),
        "[x] false"
    );
    let cases = [
        ("a.b-c == 'x' && (none != '' || no == 'false')", true),
        ("!no && a.b-c", true),
        ("none == '' && none", false),
        ("!cancelled() && failure()", true),
        ("success()", false),
    ];
    for (condition, expected) in cases {
        let always = format!("always() && ({condition})");
        assert_eq!(holds(Some(&always), &scope), expected, "{condition}");
    }
    assert!(!holds(Some("${{ a.b-c }}"), &scope), "the job has failed");
    assert!(!holds(None, &scope));
}
