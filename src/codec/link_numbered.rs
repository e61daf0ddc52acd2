//! Things in a link that have a number, a name and values: `s1=Cheaper&s1.retention=90`.

use serde_json::{Map, Value, json};

/// Collects the entries about one kind of them.
#[derive(Debug, Default)]
pub(super) struct Numbered {
    /// By number, in the link's order.
    list: Vec<(u32, Map<String, Value>)>,
}

impl Numbered {
    /// Takes an entry whose key is the kind's mark and a number, with the key of a value behind it or
    /// without; values are kept under `values`.
    pub fn takes(&mut self, mark: char, values: &str, key: &str, value: &str) -> bool {
        let Some(rest) = key.strip_prefix(mark) else {
            return false;
        };
        let (number, of) = rest
            .split_once('.')
            .map_or((rest, None), |(number, of)| (number, Some(of)));
        let Ok(number) = number.parse::<u32>() else {
            return false;
        };
        let at = self.list.iter().position(|(id, _)| *id == number);
        let at = at.unwrap_or_else(|| {
            let empty =
                Map::from_iter([(values.to_owned(), json!({})), ("id".into(), number.into())]);
            self.list.push((number, empty));
            self.list.len() - 1
        });
        let Some((_, one)) = self.list.get_mut(at) else {
            return true;
        };
        match (of, one.get_mut(values).and_then(Value::as_object_mut)) {
            (Some(of), Some(values)) => values.insert(of.into(), value.into()),
            _ => one.insert("name".into(), value.into()),
        };
        true
    }

    /// What was taken, as a list.
    pub fn into_list(self) -> Value {
        let list = self.list.into_iter().map(|(_, one)| Value::from(one));
        list.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_of_one_number_belong_together() {
        let mut all = Numbered::default();
        let mut takes = |key, value| all.takes('s', "changes", key, value);
        assert!(takes("s2", "Cheaper") && takes("s1.retention", "90") && takes("s2.cac", "7"));
        assert!(!takes("sim", "x") && !takes("r.cac", "1~2") && !takes("s", "x"));
        assert_eq!(
            all.into_list(),
            json!([
                {"id": 2, "name": "Cheaper", "changes": {"cac": "7"}},
                {"id": 1, "changes": {"retention": "90"}},
            ])
        );
    }
}
