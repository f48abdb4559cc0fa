//! The settings of a run: a flag counts before an environment variable, that before `canread.toml`, and that before the
//! default.

use std::collections::BTreeSet;
use std::env;
use std::ffi::OsString;
use std::fmt;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use canread_compat::{Mode, Pair, Policy, Reach, Severity, Surface};
use canread_project::Baseline;
use canread_project::Places;
use canread_project::config::{Choices, Config, ConfigError, Date, Located, Word};
use canread_syntax::{Diagnostic, SourceMap, Sources};

use crate::args::{ConfigArgs, Input, PolicyArgs};

/// Where a setting comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Origin {
    Flag(&'static str),
    Variable(&'static str),
    /// The file as shown to users, and the line.
    File(String, usize),
    Default,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Flag(flag) => f.write_str(flag),
            Self::Variable(name) => f.write_str(name),
            Self::File(name, line) => write!(f, "{name}:{line}"),
            Self::Default => f.write_str("default"),
        }
    }
}

/// A setting, and where it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Setting<T> {
    pub(crate) value: T,
    pub(crate) origin: Origin,
}

impl<T> Setting<T> {
    fn new(value: T, origin: Origin) -> Self {
        Self { value, origin }
    }
}

/// The flags of a command that concern settings.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Flags<'a> {
    pub(crate) policy: Option<&'a PolicyArgs>,
    pub(crate) input: Option<&'a Input>,
    pub(crate) against: &'a [String],
}

/// What flags and variables say about the policy.
#[derive(Debug, Default)]
struct Overrides {
    mode: Option<Setting<Mode>>,
    promise: Option<Setting<Vec<Surface>>>,
    fail_on: Option<Setting<Severity>>,
    allow_undecided: Option<Setting<bool>>,
}

/// Everything that is set.
#[derive(Debug)]
pub(crate) struct Settings {
    /// `canread.toml`, if there is one.
    pub(crate) config: Option<Config>,
    overrides: Overrides,
    enabled: Vec<String>,
    /// The old version, or several; never empty.
    pub(crate) against: Option<Setting<Vec<String>>>,
    /// Include roots.
    pub(crate) include: Setting<Vec<PathBuf>>,
    /// Include roots of the old version alone.
    pub(crate) against_include: Vec<PathBuf>,
}

impl Settings {
    /// Reads everything but the schemas.
    ///
    /// # Errors
    ///
    /// What is wrong with `canread.toml`, or with a variable.
    pub(crate) fn load(args: &ConfigArgs, flags: &Flags<'_>) -> Result<Self, Box<ConfigError>> {
        let here = Path::new(".");
        let chosen = args.file.clone().or_else(|| variable_os("CANREAD_CONFIG").map(PathBuf::from));
        let config = match chosen {
            _ if args.no_config => None,
            Some(file) => Some(Config::read(&file, here)?),
            None => Config::find(here)?,
        };
        let mut problems = Vec::new();
        let overrides = Overrides::of(flags, &mut problems);
        let cwd = here.canonicalize().unwrap_or_else(|_| here.to_owned());
        let against = against(flags, config.as_ref(), &cwd, &mut problems);
        if !problems.is_empty() {
            return Err(Box::new(ConfigError::of_diagnostics(problems)));
        }
        let include = include(flags, config.as_ref(), &cwd);
        let against_include = flags.input.map(|input| input.against_include.clone()).unwrap_or_default();
        let enabled = flags.policy.map(|policy| policy.enable.clone()).unwrap_or_default();
        Ok(Self { config, overrides, enabled, against, include, against_include })
    }

    /// What holds for a file, given by its path from the directory of `canread.toml`; without one, what holds for all.
    pub(crate) fn policy(&self, path: Option<&str>) -> Policy {
        let mut policy = Policy::default();
        if let Some(config) = &self.config {
            config.apply(path, &mut policy);
        }
        let Overrides { mode, promise, fail_on, allow_undecided } = &self.overrides;
        // What is left out by the file is not checked because a run asks for more of the others.
        let is_left_out =
            || self.config.as_ref().zip(path).is_some_and(|(config, path)| config.mode_of(path) == Some(Mode::None));
        if let Some(mode) = mode.as_ref().filter(|_| !is_left_out()) {
            policy.mode = mode.value;
        }
        policy.fail_on = fail_on.as_ref().map_or(policy.fail_on, |fail_on| fail_on.value);
        policy.allow_undecided = allow_undecided.as_ref().map_or(policy.allow_undecided, |allow| allow.value);
        if let Some(promise) = promise {
            policy.promises = promise.value.iter().copied().collect();
        }
        policy.enabled.extend(self.enabled.iter().cloned());
        policy
    }

    /// Rules that flags ask for.
    pub(crate) fn enabled(&self) -> &[String] {
        &self.enabled
    }

    /// Whether some files, or all of them, have the mode `none`.
    pub(crate) fn has_mode_none(&self) -> bool {
        self.modes().contains(&Mode::None)
    }

    /// Which old versions count: the new one's neighbour, every one, or for some files this and for others that.
    pub(crate) fn reaches(&self) -> Vec<Reach> {
        let reaches: BTreeSet<Reach> = self.modes().into_iter().map(Mode::reach).collect();
        reaches.into_iter().collect()
    }

    /// The modes that files have, or may have.
    fn modes(&self) -> Vec<Mode> {
        let mut modes = vec![self.mode().value];
        // A flag or a variable counts for every file but those that are left out.
        let is_overridden = self.overrides.mode.is_some();
        let sections = self.config.iter().flat_map(|config| &config.paths);
        let of_sections = sections.filter_map(|section| section.choices.mode.as_ref()).map(|mode| mode.value);
        modes.extend(of_sections.filter(|mode| !is_overridden || *mode == Mode::None));
        modes
    }

    /// Whether some files have a policy of their own.
    pub(crate) fn differ_by_path(&self) -> bool {
        self.config.as_ref().is_some_and(|config| !config.paths.is_empty())
    }

    pub(crate) fn mode(&self) -> Setting<Mode> {
        self.chosen(self.overrides.mode.as_ref(), |choices| choices.mode.as_ref(), Policy::default().mode)
    }

    pub(crate) fn promise(&self) -> Setting<Vec<Surface>> {
        let default = Policy::default().promises.into_iter().collect();
        self.chosen(self.overrides.promise.as_ref(), |choices| choices.promise.as_ref(), default)
    }

    pub(crate) fn fail_on(&self) -> Setting<Severity> {
        self.chosen(self.overrides.fail_on.as_ref(), |choices| choices.fail_on.as_ref(), Policy::default().fail_on)
    }

    pub(crate) fn allow_undecided(&self) -> Setting<bool> {
        let default = Policy::default().allow_undecided;
        self.chosen(self.overrides.allow_undecided.as_ref(), |choices| choices.allow_undecided.as_ref(), default)
    }

    /// What holds for all files: what a flag or a variable says, before the file, before the default.
    fn chosen<T: Clone>(
        &self,
        given: Option<&Setting<T>>,
        of: fn(&Choices) -> Option<&Located<T>>,
        default: T,
    ) -> Setting<T> {
        let in_file = || {
            let config = self.config.as_ref()?;
            let chosen = of(&config.choices)?;
            Some(Setting::new(chosen.value.clone(), origin(config, chosen.span)))
        };
        given.cloned().or_else(in_file).unwrap_or_else(|| Setting::new(default, Origin::Default))
    }
}

/// The day of the run.
pub(crate) fn today(args: &ConfigArgs) -> Date {
    let clock = || {
        let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
        Date::of_unix_seconds(seconds)
    };
    args.today.or_else(clock).expect("a clock before the year 10000")
}

/// The place of something in the file.
pub(crate) fn origin(config: &Config, span: canread_syntax::Span) -> Origin {
    Origin::File(config.name().to_owned(), config.line(span))
}

/// The value of a variable; an empty one is as good as none, which is how CI services pass on what nobody set.
fn variable_os(name: &str) -> Option<OsString> {
    env::var_os(name).filter(|value| !value.is_empty())
}

/// The value of a variable that is a text.
fn variable(name: &str, problems: &mut Vec<Diagnostic>) -> Option<String> {
    let bad = |value: OsString| {
        let message = format!("{name}: `{}` is not UTF-8", value.to_string_lossy());
        problems.push(Diagnostic::error("config/variable", message));
    };
    variable_os(name)?.into_string().map_err(bad).ok()
}

impl Overrides {
    fn of(flags: &Flags<'_>, problems: &mut Vec<Diagnostic>) -> Self {
        let mut overrides = Self {
            mode: word("CANREAD_MODE", problems),
            promise: words("CANREAD_PROMISE", problems),
            fail_on: word("CANREAD_FAIL_ON", problems),
            allow_undecided: word("CANREAD_ALLOW_UNDECIDED", problems),
        };
        let Some(policy) = flags.policy else { return overrides };
        if let Some(mode) = policy.mode {
            overrides.mode = Some(Setting::new(mode, Origin::Flag("--mode")));
        }
        if !policy.promise.is_empty() {
            overrides.promise = Some(Setting::new(policy.promise.clone(), Origin::Flag("--promise")));
        }
        if let Some(fail_on) = policy.fail_on {
            overrides.fail_on = Some(Setting::new(fail_on, Origin::Flag("--fail-on")));
        }
        if let Some(allow) = policy.allow_undecided {
            overrides.allow_undecided = Some(Setting::new(allow, Origin::Flag("--allow-undecided")));
        }
        overrides
    }
}

fn word<T: Word>(name: &'static str, problems: &mut Vec<Diagnostic>) -> Option<Setting<T>> {
    let value = chosen(name, &variable(name, problems)?, problems)?;
    Some(Setting::new(value, Origin::Variable(name)))
}

fn words<T: Word>(name: &'static str, problems: &mut Vec<Diagnostic>) -> Option<Setting<Vec<T>>> {
    let text = variable(name, problems)?;
    let words = text.split(',').filter_map(|word| chosen(name, word, problems)).collect();
    Some(Setting::new(words, Origin::Variable(name)))
}

fn chosen<T: Word>(name: &str, word: &str, problems: &mut Vec<Diagnostic>) -> Option<T> {
    T::typed(word)
        .map_err(|message| problems.push(Diagnostic::error("config/variable", format!("{name}: {message}"))))
        .ok()
}

fn against(
    flags: &Flags<'_>,
    config: Option<&Config>,
    cwd: &Path,
    problems: &mut Vec<Diagnostic>,
) -> Option<Setting<Vec<String>>> {
    if !flags.against.is_empty() {
        return Some(Setting::new(flags.against.to_vec(), Origin::Flag("--against")));
    }
    if let Some(value) = variable("CANREAD_AGAINST", problems) {
        let lines = value.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned);
        let versions: Vec<String> = lines.collect();
        if !versions.is_empty() {
            return Some(Setting::new(versions, Origin::Variable("CANREAD_AGAINST")));
        }
    }
    let config = config?;
    let against = config.against.as_ref()?;
    let value = against.value.iter().map(|written| seen_from(cwd, config, &written.value)).collect();
    Some(Setting::new(value, origin(config, against.span)))
}

/// A baseline of the file as it is written elsewhere: a path starts at the file, a revision starts nowhere. What can't be
/// read is said later, as it is written.
fn seen_from(cwd: &Path, config: &Config, written: &str) -> String {
    match Baseline::parse(written, |path| config.dir.join(path).exists()) {
        Ok(Baseline::Path(path)) => {
            let path = config.rebase(&path.to_string_lossy(), cwd);
            if path.contains(':') { format!("./{path}") } else { path }
        }
        Ok(Baseline::At { revision, path }) if starts_here(&path) => {
            format!("{revision}:./{}", config.rebase(&path, cwd))
        }
        Ok(Baseline::Staged { path }) if starts_here(&path) => format!("staged:./{}", config.rebase(&path, cwd)),
        Ok(Baseline::Lock { file: Some(file) }) => format!("lock:{}", config.rebase(&file.to_string_lossy(), cwd)),
        _ => written.to_owned(),
    }
}

/// Whether a path in a repository starts at a directory, and not at its top.
fn starts_here(path: &str) -> bool {
    path == "." || path.starts_with("./") || path.starts_with("../")
}

fn include(flags: &Flags<'_>, config: Option<&Config>, cwd: &Path) -> Setting<Vec<PathBuf>> {
    if let Some(input) = flags.input.filter(|input| !input.include.is_empty()) {
        return Setting::new(input.include.clone(), Origin::Flag("-I"));
    }
    if let Some(value) = variable_os("CANREAD_INCLUDE") {
        return Setting::new(env::split_paths(&value).collect(), Origin::Variable("CANREAD_INCLUDE"));
    }
    let of_file = config.and_then(|config| Some((config, config.include.as_ref()?)));
    let Some((config, include)) = of_file else { return Setting::new(Vec::new(), Origin::Default) };
    let roots = include.value.iter().map(|root| config.rebase(root, cwd).into()).collect();
    Setting::new(roots, origin(config, include.span))
}

/// How the files of a finding are called in `canread.toml`; see [`Places::of_new`].
#[derive(Debug)]
pub(crate) struct Paths {
    /// The one whose settings count: that of the new version, if the finding has a place there.
    pub(crate) counts: Option<String>,
    /// That of the old version.
    pub(crate) old: Option<String>,
}

impl Paths {
    pub(crate) fn of(
        finding: &canread_compat::Finding,
        maps: Pair<&SourceMap>,
        sources: &Sources,
        places: &Places,
        dir: &Path,
    ) -> Self {
        let old = file_of(finding.old.as_ref(), maps.old, sources).and_then(|name| places.of_old(name, dir));
        let counts = match file_of(finding.new.as_ref(), maps.new, sources) {
            Some(name) => places.of_new(name, dir),
            None => old.clone(),
        };
        Self { counts, old }
    }
}

/// How the file of a finding whose settings count is called there.
pub(crate) fn path_of(
    finding: &canread_compat::Finding,
    maps: Pair<&SourceMap>,
    sources: &Sources,
    places: &Places,
    dir: &Path,
) -> Option<String> {
    Paths::of(finding, maps, sources, places, dir).counts
}

/// The file that a finding names in one version, as shown to users.
pub(crate) fn file_of<'s>(
    site: Option<&canread_compat::Site>,
    map: &SourceMap,
    sources: &'s Sources,
) -> Option<&'s str> {
    Some(sources.file(map.place(site?.node.0)?.name.file).name())
}
