//! The file that an export is written to, and what was there before.

use std::sync::{Arc, Mutex};

use tempfile::TempDir;

use crate::support::Server;
use crate::{ROWS, export, file, job, names, resume, soon};

#[tokio::test]
async fn a_file_that_is_there_already_is_replaced_on_success_and_no_sooner() {
    let directory = TempDir::new().unwrap();
    let target = directory.path().join("sent.csv");
    std::fs::write(&target, "yesterday").unwrap();
    let server = Server::start([job("pending"), job("failed")]).await;
    soon(export(&server).to_file(&target)).await.unwrap_err();
    assert_eq!(std::fs::read_to_string(&target).unwrap(), "yesterday");

    let server = Server::start([job("pending"), job("completed"), file(ROWS)]).await;
    let (before, during) = (target.clone(), Arc::new(Mutex::new(Vec::new())));
    let log = Arc::clone(&during);
    let export = export(&server).on_progress(move |_| {
        let content = std::fs::read_to_string(&before).unwrap();
        log.lock().unwrap().push(content);
    });
    soon(export.to_file(&target)).await.unwrap();
    let during = during.lock().unwrap();
    assert!(during.len() > 3 && during.iter().all(|content| content == "yesterday"));
    assert_eq!(std::fs::read_to_string(&target).unwrap(), ROWS);
    assert_eq!(names(directory.path()), ["sent.csv"]);
}

#[cfg(unix)]
#[tokio::test]
async fn a_file_has_the_permissions_of_any_new_file() {
    use std::os::unix::fs::PermissionsExt;

    let directory = TempDir::new().unwrap();
    let plain = directory.path().join("plain");
    std::fs::write(&plain, "").unwrap();
    let server = Server::start([job("completed"), file(ROWS)]).await;
    let target = directory.path().join("sent.csv");
    soon(resume(&server).to_file(&target)).await.unwrap();
    let mode = |path| std::fs::metadata(path).unwrap().permissions().mode();
    assert_eq!(mode(&target), mode(&plain));
}

#[cfg(unix)]
#[tokio::test]
async fn a_file_that_is_replaced_leaves_its_permissions() {
    use std::os::unix::fs::PermissionsExt;

    let directory = TempDir::new().unwrap();
    let target = directory.path().join("sent.csv");
    // None of them is what the umask leaves, and the first is more than it leaves.
    for mode in [0o666, 0o600, 0o640, 0o444] {
        let _ = std::fs::remove_file(&target);
        std::fs::write(&target, "yesterday").unwrap();
        let permissions = std::fs::Permissions::from_mode(mode);
        std::fs::set_permissions(&target, permissions).unwrap();
        let during: Arc<Mutex<Vec<u32>>> = Arc::default();
        let (log, folder) = (Arc::clone(&during), directory.path().to_owned());
        let server = Server::start([job("completed"), file(ROWS)]).await;
        let export = resume(&server).on_progress(move |_| {
            let entries = std::fs::read_dir(&folder).unwrap();
            let modes =
                entries.map(|entry| entry.unwrap().metadata().unwrap().permissions().mode());
            log.lock().unwrap().extend(modes);
        });
        soon(export.to_file(&target)).await.unwrap();
        let after = std::fs::metadata(&target).unwrap().permissions().mode();
        assert_eq!(after & 0o7777, mode);
        assert_eq!(std::fs::read_to_string(&target).unwrap(), ROWS);
        // Nor is the file that grows beside it open to anybody else.
        let during = during.lock().unwrap();
        assert!(during.len() >= 2 && during.iter().all(|found| found & 0o7777 == mode));
    }
}

#[cfg(unix)]
#[tokio::test]
async fn a_symbolic_link_stays_and_what_it_leads_to_is_written() {
    use std::os::unix::fs::{PermissionsExt, symlink};

    let directory = TempDir::new().unwrap();
    let path = |name: &str| directory.path().join(name);
    std::fs::create_dir(path("data")).unwrap();
    std::fs::write(path("data/old.csv"), "yesterday").unwrap();
    std::fs::set_permissions(path("data/old.csv"), std::fs::Permissions::from_mode(0o600)).unwrap();
    symlink("data/old.csv", path("old")).unwrap();
    symlink(path("old"), path("older")).unwrap();
    // Of a link that leads to nothing yet, too.
    symlink("data/new.csv", path("new")).unwrap();
    for (link, file_behind) in [("older", "data/old.csv"), ("new", "data/new.csv")] {
        let server = Server::start([job("completed"), file(ROWS)]).await;
        soon(resume(&server).to_file(path(link))).await.unwrap();
        assert!(path(link).is_symlink(), "{link}");
        let written = std::fs::symlink_metadata(path(file_behind)).unwrap();
        assert!(written.is_file());
        assert_eq!(std::fs::read_to_string(path(file_behind)).unwrap(), ROWS);
    }
    let mode = std::fs::metadata(path("data/old.csv"))
        .unwrap()
        .permissions();
    assert_eq!(mode.mode() & 0o7777, 0o600);
    assert!(path("old").is_symlink());
    assert_eq!(names(directory.path()), ["data", "new", "old", "older"]);
    assert_eq!(names(&path("data")), ["new.csv", "old.csv"]);
}
