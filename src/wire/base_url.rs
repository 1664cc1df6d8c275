//! Where requests may go.

use std::net::IpAddr;

use reqwest::Url;

use crate::wire::region::Region;

/// The URL that paths are appended to, checked once.
#[derive(Clone, Debug)]
pub(crate) struct BaseUrl(Url);

impl BaseUrl {
    /// Checks a URL. The error says which rule it breaks, and does not quote it, since it may hold a password.
    pub(crate) fn parse(text: &str, allow_http: bool) -> Result<Self, &'static str> {
        let url = Url::parse(text).map_err(|_| "the base URL is not an absolute URL")?;
        if !matches!(url.scheme(), "https" | "http") || !url.has_host() {
            return Err("the base URL is neither https nor http");
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err("the base URL holds a user name or password");
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err("the base URL holds a query or a fragment");
        }
        if url.scheme() == "http" && !is_loopback(&url) && !allow_http {
            return Err(
                "the base URL is http, and neither on this machine nor allowed by allow_http",
            );
        }
        Ok(Self(url))
    }

    /// The URL without a slash at its end.
    pub(crate) fn as_str(&self) -> &str {
        self.0.as_str().trim_end_matches('/')
    }

    /// The URL of a path, which may have a query.
    pub(crate) fn join(&self, path: &str) -> Url {
        let (path, query) = match path.split_once('?') {
            Some((path, query)) => (path, Some(query)),
            None => (path, None),
        };
        // The base is already parsed.
        let mut url = self.0.clone();
        match url.path().trim_end_matches('/') {
            "" => url.set_path(path),
            prefix => url.set_path(&format!("{prefix}{path}")),
        }
        url.set_query(query);
        url
    }

    /// Host and port, for spans and errors.
    #[cfg(feature = "tracing")]
    pub(crate) fn address(&self) -> Option<(&str, Option<u16>)> {
        Some((self.0.host_str()?, self.0.port_or_known_default()))
    }

    pub(crate) fn host(&self) -> &str {
        self.0.host_str().unwrap_or_default()
    }

    /// Whether a request to `url` may carry the token.
    pub(crate) fn has_origin_of(&self, url: &Url) -> bool {
        same_origin(&self.0, url)
    }

    pub(crate) fn is_https(&self) -> bool {
        self.0.scheme() == "https"
    }

    pub(crate) fn is_plain_loopback(&self) -> bool {
        self.0.scheme() == "http" && is_loopback(&self.0)
    }

    /// Whether a download may be redirected to `url`, without the token.
    ///
    /// Only a client that talks to this machine anyway may be redirected to it.
    pub(crate) fn may_redirect_to(&self, url: &Url) -> bool {
        match url.scheme() {
            "https" => true,
            "http" => self.has_origin_of(url) || (self.is_plain_loopback() && is_loopback(url)),
            _ => false,
        }
    }
}

impl From<Region> for BaseUrl {
    #[expect(clippy::expect_used, reason = "a test reads the URL of every region")]
    fn from(region: Region) -> Self {
        Self(Url::parse(region.base_url()).expect("the base URL of a region is a URL"))
    }
}

/// Whether two URLs of web servers share scheme, host and port; `Url::origin` copies them all.
pub(crate) fn same_origin(one: &Url, other: &Url) -> bool {
    one.scheme() == other.scheme()
        && one.host_str() == other.host_str()
        && one.port_or_known_default() == other.port_or_known_default()
}

fn is_loopback(url: &Url) -> bool {
    let Some(host) = url.host_str() else {
        return false;
    };
    let address = host.trim_start_matches('[').trim_end_matches(']');
    match address.parse::<IpAddr>() {
        Ok(address) => address.is_loopback(),
        Err(_) => host == "localhost",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_url_of_every_region_is_a_base_url() {
        for region in [Region::Us, Region::Eu, Region::Au] {
            let parsed = BaseUrl::parse(region.base_url(), false).unwrap();
            assert_eq!(BaseUrl::from(region).as_str(), parsed.as_str());
            assert_eq!(parsed.as_str(), region.base_url());
        }
    }

    #[test]
    fn plain_http_is_for_this_machine_only() {
        for url in [
            "http://127.0.0.1:8080",
            "http://127.9.8.7",
            "http://[::1]:80/x",
            "http://localhost",
            "http://LOCALHOST:3000/",
            "https://api.intercom.io",
        ] {
            assert!(BaseUrl::parse(url, false).is_ok(), "{url}");
        }
        for url in [
            "http://api.intercom.io",
            "http://10.0.0.1",
            "http://localhost.example.com",
            "http://127.0.0.1.example.com",
            "http://[::2]",
        ] {
            assert!(BaseUrl::parse(url, false).is_err(), "{url}");
            assert!(BaseUrl::parse(url, true).is_ok(), "{url}");
        }
    }

    #[test]
    fn what_is_no_plain_base_is_refused_and_not_quoted() {
        for url in [
            "",
            "api.intercom.io",
            "/x",
            "ftp://api.intercom.io",
            "data:x",
            "https://ada:hunter2@api.intercom.io",
            "https://api.intercom.io?x=hunter2",
            "https://api.intercom.io/#hunter2",
        ] {
            let error = BaseUrl::parse(url, true).expect_err(url);
            assert!(!error.contains("hunter2"), "{error}");
        }
    }

    #[test]
    fn a_path_prefix_is_kept() {
        for base in [
            "https://proxy.example/intercom",
            "https://proxy.example/intercom/",
        ] {
            let base = BaseUrl::parse(base, false).unwrap();
            let url = base.join("/contacts/1?a=b");
            assert_eq!(
                url.as_str(),
                "https://proxy.example/intercom/contacts/1?a=b"
            );
            // As it is written.
            let url = base.join("/contacts/1 ?a=b?c/ ");
            assert_eq!(
                url.as_str(),
                "https://proxy.example/intercom/contacts/1%20?a=b?c/%20"
            );
        }
    }

    #[test]
    fn downloads_are_not_redirected_to_less_safe_places() {
        let url = |text: &str| Url::parse(text).unwrap();
        let api = BaseUrl::parse("https://api.intercom.io", false).unwrap();
        assert!(api.may_redirect_to(&url("https://storage.example/x")));
        assert!(!api.may_redirect_to(&url("http://storage.example/x")));
        assert!(!api.may_redirect_to(&url("http://127.0.0.1/x")));
        assert!(!api.may_redirect_to(&url("file:///etc/passwd")));
        let local = BaseUrl::parse("http://127.0.0.1:1", false).unwrap();
        assert!(local.may_redirect_to(&url("http://127.0.0.1:2/x")));
        assert!(!local.may_redirect_to(&url("http://storage.example/x")));
    }

    #[test]
    fn another_port_or_scheme_is_another_origin() {
        let base = BaseUrl::parse("https://api.intercom.io", false).unwrap();
        for (url, same) in [
            ("https://api.intercom.io:443/x", true),
            ("https://api.intercom.io:444/x", false),
            ("http://api.intercom.io/x", false),
            ("https://api.intercom.io.evil.example/x", false),
        ] {
            assert_eq!(base.has_origin_of(&Url::parse(url).unwrap()), same, "{url}");
        }
    }
}
