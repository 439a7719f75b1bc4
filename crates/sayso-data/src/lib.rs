//! Lexicons and models of sayso, embedded.
