//! The JSON record of sayso and its schema.
