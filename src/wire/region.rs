//! Where a workspace is hosted.

use std::fmt;
use std::str::FromStr;

/// The region that hosts a workspace, which determines the host of the API.
///
/// A workspace is in one region, and the others reject its token.
///
/// ```
/// use intercom_client::Region;
///
/// let region: Region = "eu".parse()?;
/// assert_eq!(region, Region::Eu);
/// assert_eq!(region.base_url(), "https://api.eu.intercom.io");
/// # Ok::<(), intercom_client::ParseRegionError>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Region {
    /// The United States, where most workspaces are.
    #[default]
    Us,
    /// The European Union.
    Eu,
    /// Australia.
    Au,
}

impl Region {
    /// Returns the base URL of the API in this region.
    pub const fn base_url(self) -> &'static str {
        match self {
            Self::Us => "https://api.intercom.io",
            Self::Eu => "https://api.eu.intercom.io",
            Self::Au => "https://api.au.intercom.io",
        }
    }

    /// Returns the region as two lower-case letters: `us`, `eu` or `au`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Us => "us",
            Self::Eu => "eu",
            Self::Au => "au",
        }
    }
}

impl fmt::Display for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for Region {
    type Err = ParseRegionError;

    /// Parses `us`, `eu` or `au`, in upper or lower case.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        for region in &[Self::Us, Self::Eu, Self::Au] {
            if region.as_str().eq_ignore_ascii_case(text) {
                return Ok(*region);
            }
        }
        Err(ParseRegionError(()))
    }
}

/// The error for a text that names no [`Region`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseRegionError(());

impl fmt::Display for ParseRegionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a region of Intercom; the regions are us, eu and au")
    }
}

impl std::error::Error for ParseRegionError {}
