//! ECMA-262 patterns as regular languages.
