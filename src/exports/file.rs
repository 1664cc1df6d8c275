//! A file that gets its name once it is complete.

use std::ffi::OsString;
use std::io::{Error, ErrorKind};
use std::path::{Path, PathBuf};
use std::{fmt, fs};

use tempfile::{Builder, TempPath};
use tokio::fs::File;
use tokio::task::spawn_blocking;

/// Longer names are left out of the temporary name, which would be too long.
const LONGEST_NAME: usize = 200;
/// How many symbolic links in a row are followed; no system follows more.
const MOST_LINKS: usize = 40;

/// The temporary name of a file, which is removed unless the file is persisted.
pub(super) struct PartFile {
    part: TempPath,
    target: PathBuf,
}

impl PartFile {
    pub(super) async fn create(path: PathBuf) -> Result<(File, Self), Error> {
        // If the future is dropped meanwhile, the result is dropped too, and the file removed.
        let (file, part) = blocking(move || {
            let target = Target::of(&path)?;
            let (file, part) = target.create()?.into_parts();
            let target = target.path;
            Ok((file, Self { part, target }))
        })
        .await?;
        Ok((File::from_std(file), part))
    }

    /// Renames it to the final name, in place of a file that has it.
    pub(super) async fn persist(self) -> Result<(), Error> {
        blocking(move || Ok(self.part.persist(self.target)?)).await
    }
}

/// The file to write, behind all symbolic links.
struct Target {
    path: PathBuf,
    /// The permissions of the file that exists already.
    #[cfg_attr(
        not(unix),
        allow(dead_code, reason = "elsewhere a new file has its own")
    )]
    permissions: Option<fs::Permissions>,
}

impl Target {
    fn of(path: &Path) -> Result<Self, Error> {
        match fs::metadata(path) {
            Ok(found) if found.is_dir() => Err(ErrorKind::IsADirectory.into()),
            Ok(found) if !found.is_file() => {
                Err(Error::new(ErrorKind::InvalidInput, NoRegularFile))
            }
            Ok(found) => Ok(Self {
                path: fs::canonicalize(path)?,
                permissions: Some(found.permissions()),
            }),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(Self {
                path: behind_links(path),
                permissions: None,
            }),
            Err(error) => Err(error),
        }
    }

    /// A temporary name in the same directory.
    fn create(&self) -> Result<tempfile::NamedTempFile, Error> {
        let name = self.path.file_name().unwrap_or_default();
        let end = self.path.as_os_str().as_encoded_bytes();
        // `..` has none, and a name that ends with `/` is that of a directory.
        if name.is_empty() || !end.ends_with(name.as_encoded_bytes()) {
            return Err(ErrorKind::InvalidFilename.into());
        }
        let mut prefix = OsString::new();
        if name.len() <= LONGEST_NAME {
            prefix.push(name);
            prefix.push(".");
        }
        let mut builder = Builder::new();
        builder.prefix(&prefix).suffix(".part");
        #[cfg(unix)]
        builder.permissions(self.mode());
        let file = match self.path.parent() {
            Some(directory) if !directory.as_os_str().is_empty() => builder.tempfile_in(directory),
            _ => builder.tempfile_in("."),
        }?;
        // The umask does not apply to permissions that somebody chose.
        #[cfg(unix)]
        if self.permissions.is_some() {
            file.as_file().set_permissions(self.mode())?;
        }
        Ok(file)
    }

    /// Returns the permissions of the file that it replaces, else those of a new file, from which the umask takes some away.
    #[cfg(unix)]
    fn mode(&self) -> fs::Permissions {
        use std::os::unix::fs::PermissionsExt;

        let found = self.permissions.as_ref().map(PermissionsExt::mode);
        fs::Permissions::from_mode(found.map_or(0o666, |mode| mode & 0o777))
    }
}

/// Returns the path to write to: symbolic links may lead to a file that does not exist yet.
fn behind_links(path: &Path) -> PathBuf {
    let mut path = path.to_owned();
    for _ in 0..MOST_LINKS {
        let Ok(goal) = fs::read_link(&path) else {
            break;
        };
        path = match path.parent() {
            Some(directory) => directory.join(goal),
            None => goal,
        };
    }
    path
}

/// A pipe, a socket or a device, which must not be replaced by a file.
#[derive(Debug)]
pub(super) struct NoRegularFile;

impl fmt::Display for NoRegularFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("what is there is no regular file")
    }
}

impl std::error::Error for NoRegularFile {}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    spawn_blocking(work).await.map_err(Error::other)?
}
