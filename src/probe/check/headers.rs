//! Headers of an answer against their schemas.

use super::{Against, Check, Place, Verdict};
use crate::inclusion::Types;
use crate::probe::exchange::Response;
use crate::spec::Header;
use crate::variance::Direction;
use serde_json::Value;

pub(super) fn headers(
    against: &Against<'_, '_>,
    declared: &[Header<'_>],
    response: &Response,
) -> Vec<Check> {
    declared
        .iter()
        .filter_map(|header| one(against, header, response))
        .collect()
}

fn one(against: &Against<'_, '_>, header: &Header<'_>, response: &Response) -> Option<Check> {
    let id = "header-schema";
    let place = Place::Header(header.name.clone());
    let written: Vec<&str> = response.headers_named(&header.name).collect();
    if written.is_empty() {
        let missing = Check::fail("header-missing", format!("`{}` is not there", header.name));
        return header.required.then(|| missing.at(place));
    }
    // RFC 9110 section 5.3: several lines are one list.
    let written = written.join(", ");
    let media = header.content.first();
    let shape = match media {
        Some(media) => media.shape.as_ref()?,
        None => header.shape.as_ref()?,
    };
    let schema = against.sampler.schemas.of_shape(shape);
    let types = against.sampler.schemas.get(schema).types;
    let readings = match media {
        Some(media) if media.range.is_json() => {
            serde_json::from_str(&written).into_iter().collect()
        }
        Some(_) => vec![Value::from(written.as_str())],
        None => readings(&written, types, header.wire.explode),
    };
    let key = against.sampler.schemas.key_of(schema);
    let referee = &against.sampler.referee;
    let rulings: Vec<_> = readings
        .iter()
        .filter_map(|value| referee.judge_key(&key, Some(Direction::Output), value))
        .collect();
    if rulings.iter().any(|ruling| ruling.valid) {
        let message = format!("`{}` is as its schema says", header.name);
        return Some(Check::pass(id, message).at(place));
    }
    let Some(ruling) = rulings.first() else {
        let message = format!("the schema of `{}` cannot be judged by", header.name);
        return Some(Check::new(id, Verdict::Skipped, message).at(place));
    };
    let keyword = ruling.keyword.as_deref().unwrap_or("schema");
    let message = format!("`{keyword}` of `{}` does not hold", header.name);
    Some(
        Check::fail(id, message)
            .at(place)
            .expected(keyword)
            .found(written),
    )
}

/// What the text of a header may mean, the likeliest first.
fn readings(written: &str, types: Types, explode: bool) -> Vec<Value> {
    let mut readings = Vec::new();
    let scalar = |text: &str| -> Value {
        match serde_json::from_str::<Value>(text) {
            Ok(value @ (Value::Number(_) | Value::Bool(_))) => value,
            _ => Value::from(text),
        }
    };
    let parts = || written.split(',').map(str::trim);
    if types.meets(Types::NUMBER) || types.holds(Types::BOOLEAN) {
        readings.push(scalar(written.trim()));
    }
    if types.holds(Types::ARRAY) {
        readings.push(parts().map(scalar).collect());
        readings.push(parts().map(Value::from).collect());
    }
    if types.holds(Types::OBJECT) {
        let pairs: Vec<&str> = parts().collect();
        let object: serde_json::Map<String, Value> = if explode {
            let pairs = pairs.iter().filter_map(|pair| pair.split_once('='));
            pairs
                .map(|(name, value)| (name.to_owned(), scalar(value)))
                .collect()
        } else {
            let pairs = pairs.chunks_exact(2);
            pairs
                .map(|pair| (pair[0].to_owned(), scalar(pair[1])))
                .collect()
        };
        readings.push(Value::Object(object));
    }
    readings.push(Value::from(written));
    readings
}
