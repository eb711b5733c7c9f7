//! Changes one place of a value: another type, a neighbour, one part more or less.

use super::draw::Drawing;
use crate::inclusion::value::Value;
use num_bigint::BigInt;
use num_rational::BigRational;
use std::rc::Rc;

impl Drawing<'_> {
    /// The value with one place changed.
    pub(super) fn mutate(&mut self, value: &Value) -> Value {
        self.change(value, 0)
    }

    fn change(&mut self, value: &Value, depth: usize) -> Value {
        let inner = depth < 40 && self.random.below(3) > 0;
        match value {
            Value::Array(items) if inner && !items.is_empty() => {
                let mut items = items.to_vec();
                let place = self.random.below(items.len());
                items[place] = self.change(&items[place], depth + 1);
                Value::Array(items.into())
            }
            Value::Object(members) if inner && !members.is_empty() => {
                let mut members = (**members).clone();
                let place = self.random.below(members.len());
                if let Some(member) = members.values_mut().nth(place) {
                    *member = self.change(member, depth + 1);
                }
                Value::Object(Rc::new(members))
            }
            _ if self.random.once_in(4) => self.any_value(),
            Value::Null | Value::Bool(_) => self.any_value(),
            Value::Number(number) => Value::Number(self.neighbour(&number.exact()).into()),
            Value::String(text) => Value::String(self.spoil(text).into()),
            Value::Array(items) => Value::Array(self.items_changed(items).into()),
            Value::Object(members) => {
                let mut members = (**members).clone();
                let pool = self.pool;
                if self.random.once_in(2) && !members.is_empty() {
                    let place = self.random.below(members.len());
                    let name = members.keys().nth(place).cloned();
                    name.and_then(|name| members.remove(&name));
                } else {
                    let name = self
                        .random
                        .of(&pool.names)
                        .cloned()
                        .unwrap_or_else(|| "x".into());
                    let value = self.any_value();
                    members.insert(name, value);
                }
                Value::Object(Rc::new(members))
            }
        }
    }

    fn items_changed(&mut self, items: &[Value]) -> Vec<Value> {
        let mut items = items.to_vec();
        let place = self.random.below(items.len());
        match self.random.below(4) {
            0 if !items.is_empty() => {
                items.remove(place);
            }
            1 if !items.is_empty() => items.push(items[place].clone()),
            2 if items.len() > 1 => items.swap(0, place),
            _ => {
                let value = self.any_value();
                items.push(value);
            }
        }
        items
    }

    fn neighbour(&mut self, number: &BigRational) -> BigRational {
        let offset = |numerator: i64, denominator: i64| {
            BigRational::new(numerator.into(), denominator.into())
        };
        match self.random.below(6) {
            0 => number + offset(1, 1),
            1 => number - offset(1, 1),
            2 => number + offset(1, 2),
            3 => -number,
            4 => number * BigInt::from(2),
            _ => {
                let pool = self.pool;
                self.random
                    .of(&pool.numbers)
                    .map_or_else(|| offset(0, 1), |other| other.exact().clone())
            }
        }
    }

    /// A value that somebody names, or a simple one of any type.
    pub(super) fn any_value(&mut self) -> Value {
        let pool = self.pool;
        let drawn = match self.random.below(10) {
            0..=2 => self.random.of(&pool.values).cloned(),
            3 => self.random.of(&pool.numbers).cloned().map(Value::Number),
            4 => {
                let name = self.random.of(&pool.names).cloned();
                name.map(|name| Value::Object(Rc::new([(name, Value::Null)].into())))
            }
            _ => None,
        };
        drawn.unwrap_or_else(|| match self.random.below(10) {
            0 => Value::Null,
            1 => Value::Bool(self.random.once_in(2)),
            2 => Value::Number(0_i64.into()),
            3 => Value::Number(1_i64.into()),
            4 => Value::Number(BigRational::new(1.into(), 2.into()).into()),
            5 => Value::String("".into()),
            6 => Value::String("a".into()),
            7 => Value::Array([].into()),
            8 => Value::Array([Value::Null].into()),
            _ => Value::Object(Rc::default()),
        })
    }
}
