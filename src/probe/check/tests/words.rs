//! What is repeated of a vendor's errors.

use crate::probe::{
    check::{Answer, expect::words},
    fixture::response,
};

#[test]
fn an_error_that_nobody_expects_is_told_in_the_vendors_words() {
    let said = |body: &str| {
        let response = response(400, &[], body);
        words(&Answer::new(&response))
    };
    assert_eq!(
        said(r#"{"code": 400, "error": "Invalid", "message": "no id"}"#),
        ": \"no id\""
    );
    assert_eq!(said(r#"{"error": {"message": "no id"}}"#), ": \"no id\"");
    assert_eq!(
        said(r#"{"errors": [{"detail": "no id"}], "title": "Bad"}"#),
        ": \"no id\""
    );
    assert_eq!(said("no id\n"), ": \"no id\"");
    assert_eq!(
        said(&"x".repeat(121)),
        format!(": \"{}…\"", "x".repeat(120))
    );
    assert_eq!(said(r#"{"code": 400}"#), "");
    assert_eq!(said(""), "");
}
