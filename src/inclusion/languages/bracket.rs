//! Character classes in brackets.

use super::{
    class::Class,
    escape,
    parse::{INVALID, Parser, Unsupported},
};

/// A character class; the opening bracket is read.
pub(super) fn class(parser: &mut Parser) -> Result<Class, Unsupported> {
    let negated = parser.rest.eat("^");
    if parser.rest.peek() == Some(']') && parser.rest.peek_after(1).is_some() {
        let here = parser.rest.position();
        parser.rest.next();
        // The validator's engine takes a bracket in first place for a member of the class.
        if parser.rest.has_later(']') {
            return Err(Unsupported::Odd(
                "has a class that engines read differently",
            ));
        }
        parser.rest.back_to(here);
    }
    let mut ranges: Vec<(u32, u32)> = Vec::new();
    while !parser.rest.eat("]") {
        let first = member(parser)?;
        let dash = parser.rest.peek() == Some('-') && parser.rest.peek_after(1) != Some(']');
        if !dash {
            ranges.extend(first.ranges());
            continue;
        }
        parser.rest.next();
        let last = member(parser)?;
        match (first, last) {
            (Member::Point(first), Member::Point(last)) if first <= last => {
                ranges.push((first, last));
            }
            (Member::Point(_), Member::Point(_)) => return Err(INVALID),
            // Annex B: a dash beside a set stands for itself.
            (first, last) => {
                ranges.extend(first.ranges());
                ranges.push(('-' as u32, '-' as u32));
                ranges.extend(last.ranges());
            }
        }
    }
    let class = Class::of(ranges);
    if !negated {
        return Ok(class);
    }
    Ok(if parser.ignores_case() {
        escape::fold(&class).not()
    } else {
        class.not()
    })
}

enum Member {
    Point(u32),
    Set(Class),
}

impl Member {
    fn ranges(&self) -> Vec<(u32, u32)> {
        match self {
            Self::Point(point) => vec![(*point, *point)],
            Self::Set(set) => set.ranges().to_vec(),
        }
    }
}

fn member(parser: &mut Parser) -> Result<Member, Unsupported> {
    let next = parser.rest.next().ok_or(INVALID)?;
    if next != '\\' {
        return Ok(Member::Point(next as u32));
    }
    if parser.rest.eat("b") {
        return Ok(Member::Point(8));
    }
    if let Some(set) = escape::set(parser)? {
        return Ok(Member::Set(set));
    }
    Ok(escape::point(parser)?
        .map_or_else(|| Member::Set(Class::of([])), |c| Member::Point(c as u32)))
}
