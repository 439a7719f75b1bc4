//! The order of ARCHITECTURE.md holds: modules of the engine use only modules listed above them in lib.rs,
//! and crates depend only on crates above them in ARCHITECTURE.md.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask lies in the workspace")
}

fn text(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn modules_use_only_modules_above_them() {
    let source = root().join("crates/sayso/src");
    let library = Library::parse(&text(&source.join("lib.rs")));
    let mut wrong = Vec::new();
    for file in rust_files(&source) {
        let inside = file.strip_prefix(&source).expect("the file lies in src");
        let name =
            inside.iter().next().and_then(|part| Path::new(part).file_stem()).expect("a file has a name");
        let Some(here) = library.place(&name.to_string_lossy()) else { continue };
        // `super` climbs one level from `x.rs` and `x/mod.rs`, and one more from each file below.
        let depth = inside.iter().count() + usize::from(inside.file_name() != Some("mod.rs".as_ref())) - 1;
        for used in library.used(&code(&text(&file)), depth.max(1)) {
            match library.place(&used) {
                Some(there) if there <= here => {}
                _ => wrong.push(format!("{} uses {used}", inside.display())),
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn crates_depend_only_on_crates_above_them() {
    let architecture = text(&root().join("ARCHITECTURE.md"));
    let order = order_of_crates(&architecture);
    let mut found = BTreeSet::new();
    for entry in fs::read_dir(root().join("crates")).expect("crates/ is a folder").flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let here = order.iter().position(|listed| *listed == name);
        let here = here.unwrap_or_else(|| panic!("ARCHITECTURE.md does not list {name}"));
        for used in dependencies(&text(&entry.path().join("Cargo.toml"))) {
            let there = order.iter().position(|listed| *listed == used);
            assert!(
                there.is_some_and(|there| there < here),
                "{name} depends on {used}, which is not above it"
            );
        }
        found.insert(name);
    }
    assert_eq!(found.len(), order.len(), "ARCHITECTURE.md lists crates that are not there: {order:?}");
}

#[test]
fn a_wrong_use_is_seen() {
    let library =
        Library::parse("mod span;\npub mod text;\npub use span::Span;\npub use text::{Tag, Token};");
    let used = |code, depth| library.used(code, depth).into_iter().collect::<Vec<_>>();
    assert_eq!(used("use crate::{\n    Span, text::{tag, word},\n};", 1), ["span", "text"]);
    assert_eq!(used("fn tag() -> crate::Token {}", 1), ["text"]);
    assert_eq!(used("use super::super::Tag;", 2), ["text"]);
    assert_eq!(used("use super::Tag;", 2), [""; 0]);
    assert_eq!(used("let reading = crate::read(article);", 1), ["read"]);
    assert_eq!(library.place("read"), None);
    assert!(library.place("span") < library.place("text"));
    assert_eq!(
        code("use a; // crate::b\n/// [`crate::c`]\n#[cfg(test)]\nmod tests { use crate::d; }"),
        "use a; \n\n"
    );
}

/// The modules of lib.rs in order, and the names that it exports from each.
struct Library {
    modules: Vec<String>,
    exports: BTreeMap<String, String>,
}

impl Library {
    fn parse(lib: &str) -> Library {
        let code = code(lib);
        let mut library = Library { modules: Vec::new(), exports: BTreeMap::new() };
        for statement in code.split(';').map(str::trim) {
            let statement = statement.strip_prefix("pub ").unwrap_or(statement);
            if let Some(module) = statement.strip_prefix("mod ") {
                library.modules.push(module.to_owned());
            } else if let Some((module, names)) =
                statement.strip_prefix("use ").and_then(|path| path.split_once("::"))
            {
                let names =
                    names.trim_matches(['{', '}']).split(',').map(str::trim).filter(|name| !name.is_empty());
                library.exports.extend(names.map(|name| (name.to_owned(), module.to_owned())));
            }
        }
        library
    }

    fn place(&self, module: &str) -> Option<usize> {
        self.modules.iter().position(|listed| listed == module)
    }

    /// What code names of the crate's root: the module, or the name itself where no module has it.
    /// `depth` is the number of `super` that lead there.
    fn used(&self, code: &str, depth: usize) -> BTreeSet<String> {
        let module = |name: &str| self.exports.get(name).map_or(name, String::as_str).to_owned();
        let climb = "super::".repeat(depth);
        let through_crate = first_names(code, "crate::").into_iter().map(|name| module(&name));
        // In a test module `super` is the file itself: only names of the root count.
        let known = |name: &String| self.exports.contains_key(name) || self.modules.contains(name);
        let through_super = first_names(code, &climb).into_iter().filter(known).map(|name| module(&name));
        through_crate.chain(through_super).collect()
    }
}

/// The first names of every path after `prefix`, those of a group in braces each.
fn first_names(code: &str, prefix: &str) -> Vec<String> {
    let identifier =
        |text: &str| text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    let mut names = Vec::new();
    for (at, _) in code.match_indices(prefix) {
        let before = code[..at].chars().next_back();
        if before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':' || c == '$') {
            continue;
        }
        let rest = &code[at + prefix.len()..];
        let Some(group) = rest.strip_prefix('{') else {
            names.push(identifier(rest));
            continue;
        };
        let mut depth = 0;
        let items = group.split(|c: char| {
            depth += i32::from(c == '{') - i32::from(c == '}');
            depth < 0 || (depth == 0 && c == ',')
        });
        // The group ends where more braces close than open; what follows it is no item.
        let mut open = 1;
        for item in items {
            names.push(identifier(item.trim_start()));
            open += item.matches('{').count() as i32 - item.matches('}').count() as i32;
            let end = group.len().min(item.as_ptr() as usize - group.as_ptr() as usize + item.len());
            if open < 1 || group[end..].starts_with('}') {
                break;
            }
        }
    }
    names.retain(|name| !name.is_empty());
    names
}

/// The code of a file, without comments and unit tests.
fn code(file: &str) -> String {
    let file = file.split("#[cfg(test)]\nmod ").next().unwrap_or(file);
    file.lines().map(|line| line.split("//").next().unwrap_or(line).to_owned() + "\n").collect()
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).expect("src is a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files.retain(|file| file.file_name() != Some("lib.rs".as_ref()));
    files
}

/// The crates that the numbered list of ARCHITECTURE.md names, in order: ``1. `sayso-model` ...``.
fn order_of_crates(architecture: &str) -> Vec<String> {
    let numbered = architecture.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_digit()));
    numbered.filter_map(|line| line.split('`').nth(1)).map(str::to_owned).collect()
}

/// The crates of this workspace that a manifest names outside `[dev-dependencies]`.
fn dependencies(manifest: &str) -> Vec<String> {
    let section =
        manifest.split("\n[").find(|section| section.starts_with("dependencies]")).unwrap_or_default();
    let names = section.lines().filter_map(|line| line.split(['.', ' ', '=']).next());
    names.filter(|name| *name == "sayso" || name.starts_with("sayso-")).map(str::to_owned).collect()
}
