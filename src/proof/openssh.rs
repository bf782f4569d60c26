//! Private keys in OpenSSH's own form.
//!
//! A magic text, names of cipher and key derivation, the number of keys, the public keys, and the private part, each with its
//! length before it; nothing follows. Source:
//! <https://github.com/openssh/openssh-portable/blob/master/PROTOCOL.key>. An unencrypted private part begins with the same
//! random number twice, by which OpenSSH itself knows that a password was right.

use super::private_key::{Kind, bits};
use super::random;

const MAGIC: &[u8] = b"openssh-key-v1\0";

/// What a text in OpenSSH's form turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// A private key, whole.
    Key,
    /// It begins like one and ends in its private part: the bytes that it ought to have.
    Cut(usize),
    /// It begins like one and goes on differently.
    Wrong,
    /// Something else.
    Other,
}

/// Reads a key.
pub(super) fn shape(bytes: &[u8]) -> Shape {
    let Some(rest) = bytes.strip_prefix(MAGIC) else { return Shape::Other };
    read(&mut Reader(rest), bytes.len()).unwrap_or(Shape::Wrong)
}

/// Nothing for a key that ends before its private part.
fn read(reader: &mut Reader<'_>, total: usize) -> Option<Shape> {
    let cipher = reader.string()?;
    reader.string()?;
    reader.string()?;
    // One key in practice; the limit keeps a hostile number from being counted to.
    let keys = reader.number().filter(|keys| (1..=16).contains(keys))?;
    for _ in 0..keys {
        reader.string()?;
    }
    let length = reader.length()?;
    let Some((private, after)) = reader.0.split_at_checked(length) else {
        return Some(Shape::Cut((total - reader.0.len()).saturating_add(length)));
    };
    let readable = cipher != b"none" || private.get(..4)? == private.get(4..8)?;
    (readable && after.is_empty()).then_some(Shape::Key)
}

/// The kind of a key, by its public half, which is never encrypted.
pub(super) fn kind(bytes: &[u8]) -> Option<Kind> {
    let mut reader = Reader(bytes.strip_prefix(MAGIC)?);
    let encrypted = reader.string()? != b"none";
    reader.string()?;
    reader.string()?;
    reader.number()?;
    let mut public = Reader(reader.string()?);
    let kind = match public.string()? {
        b"ssh-rsa" => {
            public.string()?;
            Kind::new("RSA", bits(public.string()?))
        }
        b"ssh-dss" => Kind::new("DSA", bits(public.string()?)),
        b"ssh-ed25519" => Kind::new("Ed25519", None),
        b"ecdsa-sha2-nistp256" => Kind::new("EC", Some(256)),
        b"ecdsa-sha2-nistp384" => Kind::new("EC", Some(384)),
        b"ecdsa-sha2-nistp521" => Kind::new("EC", Some(521)),
        // The secret of these is in a device; the file is of no use without it.
        b"sk-ssh-ed25519@openssh.com" => Kind::new("Ed25519 security", None),
        b"sk-ecdsa-sha2-nistp256@openssh.com" => Kind::new("EC security", Some(256)),
        _ => return None,
    };
    Some(Kind { encrypted, ..kind })
}

struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn number(&mut self) -> Option<u32> {
        let (number, rest) = self.0.split_first_chunk::<4>()?;
        self.0 = rest;
        Some(u32::from_be_bytes(*number))
    }

    fn length(&mut self) -> Option<usize> {
        usize::try_from(self.number()?).ok()
    }

    /// A text with its length before it.
    fn string(&mut self) -> Option<&'a [u8]> {
        let length = self.length()?;
        let (string, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(string)
    }
}

/// An unencrypted Ed25519 key for samples.
pub(super) fn key(random: &mut impl FnMut() -> u64) -> Vec<u8> {
    let public_key = random::bytes(32, random);
    let public = [string(b"ssh-ed25519"), string(&public_key)].concat();
    let check = random::bytes(4, random);
    let secret = [random::bytes(32, random), public_key].concat();
    let mut private = [&check[..], &check, &public, &string(&secret), &string(b"someone@somewhere")].concat();
    let mut padding = 1;
    while !private.len().is_multiple_of(8) {
        private.push(padding);
        padding += 1;
    }
    let one_key = [0, 0, 0, 1];
    [MAGIC, &string(b"none"), &string(b"none"), &string(b""), &one_key, &string(&public), &string(&private)].concat()
}

fn string(bytes: &[u8]) -> Vec<u8> {
    let length = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
    [&length.to_be_bytes()[..], bytes].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Where the private part begins: after the magic, three texts, the count, the public key and the part's length.
    const PRIVATE: usize = MAGIC.len() + 8 + 8 + 4 + 4 + (4 + 4 + 11 + 4 + 32) + 4;

    #[test]
    fn a_key_is_read_to_its_end() {
        let whole = key(&mut random::fixed(31));
        assert_eq!(shape(&whole), Shape::Key);
        assert_eq!(kind(&whole), Some(Kind::new("Ed25519", None)));
        assert_eq!(shape(&[&whole[..], &[0]].concat()), Shape::Wrong);
        for end in MAGIC.len()..whole.len() {
            let expected = if end < PRIVATE { Shape::Wrong } else { Shape::Cut(whole.len()) };
            assert_eq!(shape(&whole[..end]), expected, "{end}");
        }
        assert_eq!(shape(&whole[..10]), Shape::Other);
    }

    #[test]
    fn a_key_with_a_cipher_is_protected_and_tells_its_kind_all_the_same() {
        let public = [string(b"ssh-rsa"), string(&[1, 0, 1]), string(&[&[0, 0x80][..], &[0; 383]].concat())].concat();
        let start = [MAGIC, &string(b"aes256-ctr"), &string(b"bcrypt"), &string(&[7; 24]), &[0, 0, 0, 1]].concat();
        let whole = [&start[..], &string(&public), &string(&[9; 1024])].concat();
        assert_eq!(shape(&whole), Shape::Key);
        assert_eq!(kind(&whole), Some(Kind { encrypted: true, ..Kind::new("RSA", Some(3072)) }));
    }

    #[test]
    fn the_number_that_stands_twice_must_be_the_same() {
        let mut whole = key(&mut random::fixed(37));
        whole[PRIVATE] ^= 1;
        assert_eq!(shape(&whole), Shape::Wrong);
    }
}
