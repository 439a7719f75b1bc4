//! `sayso demo`.
use crate::{Outcome, cli::Demo, talk::Talk};
use std::io;
pub(crate) fn run(args: &Demo, talk: Talk) -> io::Result<Outcome> {
    crate::read::Writer::new(&args.form, talk)?.finish()
}
