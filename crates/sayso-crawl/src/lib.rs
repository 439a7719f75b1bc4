//! Inputs of sayso: files, folders, JSON Lines, one URL.
