//! Nothing in the repository names one machine's folders or a package registry's host.

use super::house::House;
use super::problem::Problem;

/// Folders where someone's checkout or home stands. Spelt in two halves, so
/// that this file does not find itself.
const FOLDERS: &[&str] = &[
    concat!("/wo", "rk/"),
    concat!("/ho", "me/"),
    concat!("/ro", "ot/"),
    concat!("/Us", "ers/"),
    concat!("\\Us", "ers\\"),
];

/// Hosts of package registries.
const HOSTS: &[&str] = &[
    concat!("crates", ".io"),
    concat!("pypi", ".org"),
    concat!("pythonhosted", ".org"),
    concat!("npmjs", ".org"),
    concat!("proxy.golang", ".org"),
    concat!("maven", ".org"),
    concat!("maven.apache", ".org"),
    concat!("deb.debian", ".org"),
];

/// The only source that the lock file may name: what cargo writes without a mirror.
const LOCK_SOURCE: &str = concat!("source = \"registry+https://github.com/rust-lang/crates", ".io-index\"");

pub(super) fn check(house: &House) -> Vec<Problem> {
    let lines = house
        .texts()
        .flat_map(|(path, text)| text.lines().enumerate().map(move |(index, line)| (path, index + 1, line)));
    lines.filter_map(|(path, number, line)| in_line(path, number, line)).collect()
}

fn in_line(path: &str, number: usize, line: &str) -> Option<Problem> {
    if path.ends_with("Cargo.lock") {
        let mirrored = line.starts_with("source = ") && line != LOCK_SOURCE;
        let next = "build the lock file without a mirror or a git dependency";
        return mirrored.then(|| Problem::new(path, Some(number), "a source other than the public registry", next));
    }
    if let Some(folder) = FOLDERS.iter().find(|folder| starts_path(line, folder)) {
        let message = format!("an absolute path of one machine (`{folder}`)");
        return Some(Problem::new(path, Some(number), message, "name the place relative to the repository"));
    }
    let host = HOSTS.iter().find(|host| line.contains(*host))?;
    let message = format!("the host of a package registry (`{host}`)");
    Some(Problem::new(path, Some(number), message, "name the package, not the place it comes from"))
}

/// Whether an absolute path with this start stands in the line, and not the middle of a relative one or of a URL.
fn starts_path(line: &str, folder: &str) -> bool {
    line.match_indices(folder).any(|(start, _)| {
        let before = line[..start].chars().next_back();
        let drive = folder.starts_with('\\') && before == Some(':');
        drive || !before.is_some_and(|character| character.is_alphanumeric() || "._-/\\})>*".contains(character))
    })
}

#[cfg(test)]
mod tests {
    use super::super::problem::shown;
    use super::*;

    #[test]
    fn a_machines_folder_and_a_registrys_host_are_found() {
        let house = House::of(&[
            ("a.md", concat!("\nsee `/ho", "me/ann/canread`\n")),
            ("b.md", concat!("from https://pypi", ".org/simple\n")),
            ("c.md", concat!("C:\\Us", "ers\\ann\n")),
            ("Cargo.lock", "source = \"registry+https://mirror.example/index\"\n"),
        ]);
        assert_eq!(
            shown(&check(&house)),
            [
                "Cargo.lock:1: a source other than the public registry",
                concat!("a.md:2: an absolute path of one machine (`/ho", "me/`)"),
                concat!("b.md:1: the host of a package registry (`pypi", ".org`)"),
                concat!("c.md:1: an absolute path of one machine (`\\Us", "ers\\`)"),
            ]
        );
    }

    #[test]
    fn relative_paths_urls_and_the_public_registry_are_well() {
        let house = House::of(&[
            ("a.md", concat!("src/ho", "me/b.rs https://a.example/wo", "rk/1 ../ro", "ot/x\n")),
            ("Cargo.lock", &format!("{LOCK_SOURCE}\n")),
        ]);
        assert_eq!(shown(&check(&house)), [""; 0]);
    }
}
