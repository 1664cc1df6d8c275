//! Reads any JSON as a token.

use std::borrow::Cow;
use std::fmt;

use serde::Deserializer;
use serde::de::{MapAccess, SeqAccess, Visitor};

use super::{Token, json_list};

pub(super) struct TokenVisitor;

impl<'de> Visitor<'de> for TokenVisitor {
    type Value = Token<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON")
    }

    fn visit_unit<E>(self) -> Result<Token<'de>, E> {
        Ok(Token::Null)
    }

    fn visit_none<E>(self) -> Result<Token<'de>, E> {
        Ok(Token::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Token<'de>, D::Error> {
        Token::read(deserializer)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Token<'de>, E> {
        Ok(Token::Bool(value))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Token<'de>, E> {
        Ok(Token::Signed(number))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Token<'de>, E> {
        Ok(Token::unsigned(number))
    }

    fn visit_i128<E>(self, number: i128) -> Result<Token<'de>, E> {
        Ok(Token::Long(number.to_string()))
    }

    fn visit_u128<E>(self, number: u128) -> Result<Token<'de>, E> {
        Ok(Token::Long(number.to_string()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Token<'de>, E> {
        Ok(Token::Float(number))
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Token<'de>, E> {
        Ok(Token::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Token<'de>, E> {
        Ok(Token::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_string<E>(self, text: String) -> Result<Token<'de>, E> {
        Ok(Token::Text(Cow::Owned(text)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Token<'de>, A::Error> {
        json_list(list).map(Token::Json)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Token<'de>, A::Error> {
        Token::object(map)
    }
}
