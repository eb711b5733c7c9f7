//! Pattern lists as `ssh_config(5)` has them: `*`, `?`, commas, and `!` for what is excluded.

/// Whether a list names the text. A pattern after `!` that matches excludes it, whatever else matches.
pub(super) fn list_names(list: &str, text: &str) -> bool {
    let mut named = false;
    for pattern in list.split(',') {
        match pattern.strip_prefix('!') {
            Some(excluded) if matches(excluded.as_bytes(), text.as_bytes()) => return false,
            Some(_) => {}
            None => named |= matches(pattern.as_bytes(), text.as_bytes()),
        }
    }
    named
}

/// One pattern. Only the last `*` is ever tried again, so the work is at most the product of both lengths.
fn matches(pattern: &[u8], text: &[u8]) -> bool {
    let (mut at, mut from) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while from < text.len() {
        match pattern.get(at) {
            Some(b'*') => {
                star = Some((at, from));
                at += 1;
            }
            Some(b) if *b == b'?' || *b == text[from] => {
                at += 1;
                from += 1;
            }
            Some(_) | None => {
                let Some((star_at, star_from)) = star else {
                    return false;
                };
                star = Some((star_at, star_from + 1));
                at = star_at + 1;
                from = star_from + 1;
            }
        }
    }
    pattern[at..].iter().all(|b| *b == b'*')
}

#[cfg(test)]
mod tests {
    use super::list_names;

    #[test]
    fn a_list_names_what_a_pattern_matches_and_none_excludes() {
        for (list, text, named) in [
            ("dana@mobile", "dana@mobile", true),
            ("dana@mobile", "Dana@mobile", false),
            ("dana@mobile,lee@mobile", "lee@mobile", true),
            ("*@mobile", "lee@mobile", true),
            ("*@mobile", "lee@mobile.example", false),
            ("*@mobile*", "lee@mobile.example", true),
            ("l?e@mobile", "lee@mobile", true),
            ("l?e@mobile", "le@mobile", false),
            ("*", "", true),
            ("", "", true),
            ("", "dana", false),
            ("*@mobile,!lee@mobile", "lee@mobile", false),
            ("!lee@mobile,*@mobile", "lee@mobile", false),
            ("!lee@mobile,*@mobile", "dana@mobile", true),
            // Excluding others names nobody.
            ("!lee@mobile", "dana@mobile", false),
            ("a*b*c", "aXbXbXc", true),
            ("a*b*c", "aXbXbX", false),
            ("**", "anything", true),
        ] {
            assert_eq!(list_names(list, text), named, "{list} {text}");
        }
    }
}
