//! A file that gets its name once it is complete.

use std::ffi::OsString;
use std::io::{Error, ErrorKind};
use std::path::{Path, PathBuf};

use tempfile::{Builder, TempPath};
use tokio::fs::File;
use tokio::task::spawn_blocking;

/// Names that leave no room for more behind them are left out of the temporary one.
const LONGEST_NAME: usize = 200;

/// The name under which a file is written; the file goes with it, unless it is persisted.
pub(super) struct PartFile {
    part: TempPath,
    target: PathBuf,
}

impl PartFile {
    pub(super) async fn create(target: PathBuf) -> Result<(File, Self), Error> {
        // What is made after the future was dropped is dropped in turn, and so removed.
        let (file, part) = blocking(move || {
            let (file, part) = create(&target)?.into_parts();
            Ok((file, Self { part, target }))
        })
        .await?;
        Ok((File::from_std(file), part))
    }

    /// Gives it its name, in place of a file that may have it.
    pub(super) async fn persist(self) -> Result<(), Error> {
        blocking(move || Ok(self.part.persist(self.target)?)).await
    }
}

fn create(target: &Path) -> Result<tempfile::NamedTempFile, Error> {
    let Some(name) = target.file_name() else {
        return Err(ErrorKind::InvalidFilename.into());
    };
    if target.is_dir() {
        return Err(ErrorKind::IsADirectory.into());
    }
    let mut prefix = OsString::new();
    if name.len() <= LONGEST_NAME {
        prefix.push(name);
        prefix.push(".");
    }
    let mut builder = Builder::new();
    builder.prefix(&prefix).suffix(".part");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;

        // As any new file: what the umask leaves.
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    match target.parent() {
        Some(directory) if !directory.as_os_str().is_empty() => builder.tempfile_in(directory),
        _ => builder.tempfile_in("."),
    }
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    spawn_blocking(work).await.map_err(Error::other)?
}
