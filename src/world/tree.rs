//! Git's tree objects: the names in one folder of a commit.

/// One name in a folder.
pub(super) struct Entry {
    pub(super) kind: Kind,
    pub(super) name: Box<[u8]>,
    pub(super) id: String,
}

/// What a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    File,
    Folder,
    Link,
    Submodule,
}

/// A tree object: `MODE NAME`, a NUL, and the id as raw bytes, entry after entry; in the order of their names.
///
/// Nothing when it is torn: a folder read to its tear would look like one with fewer contracts.
pub(super) fn entries(mut bytes: &[u8], id_length: usize) -> Option<Vec<Entry>> {
    let mut entries = Vec::new();
    while !bytes.is_empty() {
        let end = bytes.iter().position(|byte| *byte == 0)?;
        let space = bytes[..end].iter().position(|byte| *byte == b' ')?;
        let id = bytes.get(end + 1..end + 1 + id_length)?;
        let kind = match &bytes[..space] {
            b"40000" => Kind::Folder,
            b"120000" => Kind::Link,
            b"160000" => Kind::Submodule,
            _ => Kind::File,
        };
        entries.push(Entry {
            kind,
            name: bytes[space + 1..end].into(),
            id: hexadecimal(id),
        });
        bytes = &bytes[end + 1 + id_length..];
    }
    // Git sorts a folder as if its name ended with a slash, which no search by name could use.
    entries.sort_unstable_by(|one, other| one.name.cmp(&other.name));
    Some(entries)
}

fn hexadecimal(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    bytes
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .map(|digit| char::from(DIGITS[usize::from(digit)]))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tree_is_read_entry_by_entry_and_a_torn_one_not_at_all() {
        let mut bytes = Vec::new();
        for (mode, name) in [
            ("40000", "a b"),
            ("100755", "x\ny"),
            ("120000", "l"),
            ("160000", "s"),
        ] {
            bytes.extend_from_slice(format!("{mode} {name}\0").as_bytes());
            bytes.extend_from_slice(&[0xa0; 20]);
        }
        let read = entries(&bytes, 20).expect("a whole tree");
        let kinds: Vec<_> = read.iter().map(|entry| entry.kind).collect();
        assert_eq!(
            kinds,
            [Kind::Folder, Kind::Link, Kind::Submodule, Kind::File]
        );
        assert_eq!(&*read[3].name, b"x\ny");
        assert_eq!(read[0].id, "a0".repeat(20));
        assert!(entries(&bytes[..bytes.len() - 1], 20).is_none());
    }
}
