//! Private keys in DER, the binary form inside most PEM blocks.
//!
//! Only the outer shape is read: every element must end exactly where the next begins, and the whole must be one of the known
//! kinds. PKCS#1 (RFC 8017, appendix A.1.2), PKCS#8 plain and encrypted (RFC 5958), SEC 1 (RFC 5915) and OpenSSL's DSA form.
//! The label of the PEM block is not asked: it is often wrong, and the bytes say more.

use super::private_key::{Kind, bits};

/// What a DER text turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// A private key, whole.
    Key,
    /// A sequence that ends where it says, of an unknown kind.
    Sequence,
    /// A sequence that says it is longer than it is: the bytes that it ought to have.
    Cut(usize),
    /// Something else.
    Other,
}

const INTEGER: u8 = 0x02;
const OCTET_STRING: u8 = 0x04;
const OBJECT_IDENTIFIER: u8 = 0x06;
const SEQUENCE: u8 = 0x30;
/// The tag of the curve's number in a SEC 1 key.
const CURVE: u8 = 0xa0;

/// Reads a DER text.
pub(super) fn shape(bytes: &[u8]) -> Shape {
    let Some((SEQUENCE, length, content)) = header(bytes) else { return Shape::Other };
    let whole = (bytes.len() - content.len()).saturating_add(length);
    if content.len() < length {
        return Shape::Cut(whole);
    }
    match children_of(content) {
        Some(children) if content.len() == length => {
            if is_key(&children) {
                Shape::Key
            } else {
                Shape::Sequence
            }
        }
        _ => Shape::Other,
    }
}

/// The beginning of a text that is one element, if the text is longer than the element says.
pub(super) fn first_element(bytes: &[u8]) -> &[u8] {
    let whole = header(bytes).map(|(_, length, content)| (bytes.len() - content.len()).saturating_add(length));
    whole.and_then(|whole| bytes.get(..whole)).unwrap_or(bytes)
}

/// Elements with their tags.
type Element<'a> = (u8, &'a [u8]);

fn is_key(children: &[Element<'_>]) -> bool {
    let integers = children.iter().take_while(|(tag, _)| *tag == INTEGER).count();
    match children {
        [(INTEGER, [0]), ..] if integers == children.len() && integers == 6 => true,
        [(INTEGER, [0 | 1]), ..] if integers == 9 => true,
        [(INTEGER, [1]), (OCTET_STRING, key), ..] => !key.is_empty(),
        [(INTEGER, [0 | 1]), (SEQUENCE, algorithm), (OCTET_STRING, key), ..] => {
            is_algorithm(algorithm) && !key.is_empty()
        }
        [(SEQUENCE, algorithm), (OCTET_STRING, key)] => is_algorithm(algorithm) && !key.is_empty(),
        _ => false,
    }
}

/// The kind of a key that is whole.
pub(super) fn kind(bytes: &[u8]) -> Option<Kind> {
    let children = elements(bytes)?;
    let integers = children.iter().take_while(|(tag, _)| *tag == INTEGER).count();
    match children.as_slice() {
        [_, (INTEGER, modulus), ..] if integers == 9 => Some(Kind::new("RSA", bits(modulus))),
        [_, (INTEGER, prime), ..] if integers == 6 => Some(Kind::new("DSA", bits(prime))),
        [(INTEGER, [1]), (OCTET_STRING, _), rest @ ..] => {
            let curve =
                rest.iter().find(|(tag, _)| *tag == CURVE).and_then(|(_, curve)| children_of(curve)?.first().copied());
            Some(Kind::new("EC", curve.and_then(|(_, curve)| curve_bits(curve))))
        }
        [(INTEGER, _), (SEQUENCE, algorithm), (OCTET_STRING, key), ..] => wrapped_kind(algorithm, key),
        [(SEQUENCE, _), (OCTET_STRING, _)] => Some(Kind::encrypted()),
        _ => None,
    }
}

/// The kind of a key in PKCS#8, by the number of its algorithm and what belongs to that.
fn wrapped_kind(algorithm: &[u8], key: &[u8]) -> Option<Kind> {
    let algorithm = children_of(algorithm)?;
    let (&(_, number), parameter) = algorithm.split_first()?;
    let parameter = parameter.first().map(|(_, parameter)| *parameter);
    // The second number of a PKCS#1 key, and the first of DSA's parameters.
    let number_in = |content: &[u8], place: usize| {
        let numbers = children_of(content)?;
        numbers.get(place).filter(|(tag, _)| *tag == INTEGER).and_then(|(_, number)| bits(number))
    };
    let rsa_bits = || number_in(header(key).filter(|(tag, ..)| *tag == SEQUENCE)?.2, 1);
    Some(match number {
        [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01 | 0x0a] => Kind::new("RSA", rsa_bits()),
        [0x2a, 0x86, 0x48, 0xce, 0x38, 0x04, 0x01] => Kind::new("DSA", parameter.and_then(|group| number_in(group, 0))),
        [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01] => Kind::new("EC", parameter.and_then(curve_bits)),
        [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x03, 0x01] => Kind::new("Diffie-Hellman", None),
        [0x2b, 0x65, 0x6e] => Kind::new("X25519", None),
        [0x2b, 0x65, 0x6f] => Kind::new("X448", None),
        [0x2b, 0x65, 0x70] => Kind::new("Ed25519", None),
        [0x2b, 0x65, 0x71] => Kind::new("Ed448", None),
        _ => return None,
    })
}

/// The size of a named curve (RFC 5480; SEC 2 for the one of Bitcoin).
fn curve_bits(number: &[u8]) -> Option<u32> {
    match number {
        [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07] | [0x2b, 0x81, 0x04, 0x00, 0x0a] => Some(256),
        [0x2b, 0x81, 0x04, 0x00, 0x22] => Some(384),
        [0x2b, 0x81, 0x04, 0x00, 0x23] => Some(521),
        _ => None,
    }
}

fn elements(bytes: &[u8]) -> Option<Vec<Element<'_>>> {
    let (_, length, content) = header(bytes).filter(|(tag, ..)| *tag == SEQUENCE)?;
    children_of(content.get(..length)?)
}

fn is_algorithm(content: &[u8]) -> bool {
    matches!(children_of(content).as_deref(), Some([(OBJECT_IDENTIFIER, _), ..]))
}

/// The elements of a sequence's content, if they fill it exactly. Private keys have at most eleven, so longer ones are given up.
fn children_of(mut content: &[u8]) -> Option<Vec<Element<'_>>> {
    let mut children = Vec::new();
    while !content.is_empty() {
        let (tag, length, rest) = header(content)?;
        let (value, rest) = rest.split_at_checked(length)?;
        children.push((tag, value));
        content = rest;
        if children.len() > 16 {
            return None;
        }
    }
    Some(children)
}

/// Tag, length, and what follows, which may be shorter than the length. Lengths take up to four bytes.
fn header(bytes: &[u8]) -> Option<(u8, usize, &[u8])> {
    let (&tag, rest) = bytes.split_first()?;
    let (&first, rest) = rest.split_first()?;
    if first < 0x80 {
        return Some((tag, usize::from(first), rest));
    }
    let count = usize::from(first & 0x7f);
    let (length, rest) = rest.split_at_checked(count).filter(|_| (1..=4).contains(&count))?;
    let length = length.iter().fold(0_u64, |length, &byte| length << 8 | u64::from(byte));
    Some((tag, usize::try_from(length).ok()?, rest))
}

/// Builders of keys for samples: right in form, random in content.
pub(super) mod build {
    use super::super::random;
    use super::{INTEGER, OBJECT_IDENTIFIER, OCTET_STRING, SEQUENCE};

    /// The kinds of key that samples need.
    #[derive(Clone, Copy, PartialEq, Eq)]
    pub(in super::super) enum Kind {
        /// PKCS#1, 2048 bits.
        Rsa,
        /// SEC 1, P-256.
        Ec,
        /// OpenSSL's form, 2048 bits.
        Dsa,
        /// PKCS#8 around PKCS#1.
        Pkcs8,
        /// PKCS#8, encrypted with a password.
        Encrypted,
    }

    // The numbers that name algorithms, from RFC 8017, RFC 5480 and RFC 8018.
    const RSA_ENCRYPTION: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01];
    const PRIME256V1: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07];
    const PBES2: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x05, 0x0d];
    const NULL: &[u8] = &[0x05, 0x00];

    /// A key of that kind.
    pub(in super::super) fn key(kind: Kind, random: &mut impl FnMut() -> u64) -> Vec<u8> {
        match kind {
            Kind::Rsa => {
                let mut content = integer(&[0]);
                content.extend(number(256, random));
                content.extend(integer(&[1, 0, 1]));
                content.extend(number(256, random));
                for _ in 0..5 {
                    content.extend(number(128, random));
                }
                element(SEQUENCE, &content)
            }
            Kind::Dsa => {
                let mut content = integer(&[0]);
                for length in [256, 32, 256, 256, 32] {
                    content.extend(number(length, random));
                }
                element(SEQUENCE, &content)
            }
            Kind::Ec => {
                let key = element(OCTET_STRING, &random::bytes(32, random));
                let curve = element(0xa0, &element(OBJECT_IDENTIFIER, PRIME256V1));
                let point = [&[0, 4][..], &random::bytes(64, random)].concat();
                let public = element(0xa1, &element(0x03, &point));
                element(SEQUENCE, &[integer(&[1]), key, curve, public].concat())
            }
            Kind::Pkcs8 => {
                let algorithm = element(SEQUENCE, &[&element(OBJECT_IDENTIFIER, RSA_ENCRYPTION), NULL].concat());
                let key = element(OCTET_STRING, &self::key(Kind::Rsa, random));
                element(SEQUENCE, &[integer(&[0]), algorithm, key].concat())
            }
            Kind::Encrypted => {
                let salt = element(OCTET_STRING, &random::bytes(16, random));
                let parameters = element(SEQUENCE, &[salt, integer(&[0x08, 0x00])].concat());
                let algorithm = element(SEQUENCE, &[element(OBJECT_IDENTIFIER, PBES2), parameters].concat());
                element(SEQUENCE, &[algorithm, element(OCTET_STRING, &random::bytes(1232, random))].concat())
            }
        }
    }

    /// A random positive integer of that many bytes.
    fn number(length: usize, random: &mut impl FnMut() -> u64) -> Vec<u8> {
        let mut bytes = random::bytes(length, random);
        if let Some(first) = bytes.first_mut() {
            *first |= 0x80;
        }
        bytes.insert(0, 0);
        integer(&bytes)
    }

    fn integer(bytes: &[u8]) -> Vec<u8> {
        element(INTEGER, bytes)
    }

    fn element(tag: u8, content: &[u8]) -> Vec<u8> {
        let length = content.len().to_be_bytes();
        let significant = length.iter().position(|&byte| byte != 0).map_or(&length[..0], |first| &length[first..]);
        let mut bytes = vec![tag];
        match significant {
            [] => bytes.push(0),
            [short] if *short < 0x80 => bytes.push(*short),
            // A length has at most eight bytes.
            long => bytes.extend([0x80 | long.len() as u8].iter().chain(long)),
        }
        bytes.extend(content);
        bytes
    }
}

#[cfg(test)]
mod tests {
    use super::super::private_key::Kind as KeyKind;
    use super::super::random;
    use super::build::{Kind, key};
    use super::{Shape, kind, shape};

    #[test]
    fn the_key_of_rfc_8410_is_a_private_key() {
        // The form of the example in section 10.3: version 0, algorithm 1.3.101.112, 32 bytes inside two octet strings.
        let start = [0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20];
        let whole = [&start[..], &[0x5a; 32]].concat();
        assert_eq!(shape(&whole), Shape::Key);
        assert_eq!(kind(&whole), Some(KeyKind::new("Ed25519", None)));
        assert_eq!(shape(&whole[..40]), Shape::Cut(48));
        assert_eq!(shape(&[&whole[..], &[0]].concat()), Shape::Other, "something follows");
    }

    #[test]
    fn built_keys_are_read_and_cut_ones_are_noticed() {
        let mut random = random::fixed(29);
        for kind in [Kind::Rsa, Kind::Ec, Kind::Dsa, Kind::Pkcs8, Kind::Encrypted] {
            let bytes = key(kind, &mut random);
            assert_eq!(shape(&bytes), Shape::Key);
            let told = match kind {
                Kind::Rsa | Kind::Pkcs8 => KeyKind::new("RSA", Some(2048)),
                Kind::Ec => KeyKind::new("EC", Some(256)),
                Kind::Dsa => KeyKind::new("DSA", Some(2048)),
                Kind::Encrypted => KeyKind::encrypted(),
            };
            assert_eq!(super::kind(&bytes), Some(told));
            assert_eq!(shape(&bytes[..bytes.len() - 1]), Shape::Cut(bytes.len()));
        }
    }

    #[test]
    fn other_texts_are_no_keys() {
        assert_eq!(shape(&[]), Shape::Other);
        assert_eq!(shape(&[0x30]), Shape::Other);
        assert_eq!(shape(&[0x30, 0x00]), Shape::Sequence);
        assert_eq!(shape(&[0x30, 0x80]), Shape::Other, "indefinite lengths are no DER");
        assert_eq!(shape(&[0x30, 0x89, 1, 1, 1, 1, 1, 1, 1, 1, 1]), Shape::Other);
        assert_eq!(shape(&[0x30, 0x84, 0xff, 0xff, 0xff, 0xff]), Shape::Cut(0xffff_ffff + 6));
        assert_eq!(shape(&[0x30, 0x03, 0x02, 0x01, 0x07]), Shape::Sequence);
        assert_eq!(shape(b"plain text that is long enough to be something"), Shape::Other);
    }
}
