//! A page of limited size: what does not fit is counted, and no construct is left open.

/// What is kept for saying that something is missing.
const RESERVE: usize = 400;

/// The page so far.
pub(super) struct Page {
    text: String,
    most: usize,
}

impl Page {
    pub(super) fn new(most: usize) -> Self {
        Self {
            text: String::new(),
            most,
        }
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// A line that is needed; only ever a short one.
    pub(super) fn line(&mut self, line: &str) {
        if self.text.len() + line.len() + RESERVE < self.most {
            self.text.push_str(line);
            self.text.push('\n');
        }
    }

    /// A section of as many items as fit into a share of what is left (in percent).
    ///
    /// `rest` says how many were left out; it is part of the section, before its end.
    pub(super) fn section(
        &mut self,
        head: &str,
        items: impl Iterator<Item = String>,
        rest: impl Fn(usize) -> String,
        tail: &str,
        share: usize,
    ) {
        let left = self.most.saturating_sub(self.text.len());
        let frame = head.len() + tail.len() + RESERVE;
        let room = (left.saturating_sub(frame) / 100).saturating_mul(share);
        let mut body = String::new();
        let mut missing = 0;
        for item in items {
            // Items are in order, so that nothing small slips past what is worse.
            if missing > 0 || body.len() + item.len() > room {
                missing += 1;
                continue;
            }
            body.push_str(&item);
        }
        if body.is_empty() && missing == 0 || left < frame {
            return;
        }
        self.text.push_str(head);
        self.text.push_str(&body);
        if missing > 0 {
            self.text.push_str(&rest(missing));
        }
        self.text.push_str(tail);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_fit_is_counted() {
        let mut page = Page::new(600);
        page.line("# title");
        let items = (0..9).map(|number| format!("- item {number}\n"));
        let rest = |missing: usize| format!("- and {missing} more\n");
        page.section("\n**Items**\n\n", items.clone(), rest, "\n", 20);
        assert_eq!(
            page.text(),
            "# title\n\n**Items**\n\n- item 0\n- item 1\n- and 7 more\n\n"
        );
        page.section("", std::iter::empty(), rest, "", 100);
        page.line(&"x".repeat(600));
        assert_eq!(page.text().lines().count(), 8);
    }
}
