//! Where a text would go.

use std::net::Ipv4Addr;

use crate::rules::Rule;

/// Pages in which password managers show what they keep. Their forums, blogs and help pages are not among them. What begins with a
/// dot has names of customers before it.
const PASSWORD_MANAGERS: &[&str] = &[
    ".1password.ca",
    ".1password.com",
    ".1password.eu",
    "app.dashlane.com",
    "app.nordpass.com",
    "cloud.passbolt.com",
    "keepersecurity.com",
    "keepersecurity.eu",
    "lastpass.com",
    "online.roboform.com",
    "pass.proton.me",
    "passwords.google.com",
    "vault.bitwarden.com",
    "vault.bitwarden.eu",
    "vault.zoho.com",
];

/// The page and frame that would get a text, as the browser tells the background. A page cannot choose any of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Destination {
    /// Host of the frame that would get the text, in lower case; empty for a frame without an address of its own.
    pub host: String,
    /// Path of the frame.
    pub path: String,
    /// Whether the connection is https.
    pub secure: bool,
    /// Host of the page in the address bar.
    pub page_host: String,
}

impl Destination {
    /// Reads a frame's URL and its page's.
    ///
    /// An address that says nothing (`about:`, `blob:`, an opaque origin) leaves the host empty; the page then names it.
    #[must_use]
    pub fn new(frame: &str, page: &str) -> Self {
        let (secure, host, path) = parts(frame);
        let (_, page_host, _) = parts(page);
        Self { host, path, secure, page_host }
    }

    /// The site as a person would name it.
    #[must_use]
    pub fn site(&self) -> &str {
        match (self.host.as_str(), self.page_host.as_str()) {
            ("", page) => page,
            (host, _) => host,
        }
    }

    /// Whether this is the rule's own provider's page for such keys: https, the exact host, and a path below the one given.
    /// The provider's forum, chat or issue tracker is a destination like any other.
    #[must_use]
    pub fn belongs_to(&self, rule: &Rule) -> bool {
        self.secure && rule.sites.iter().any(|site| self.is_at(site))
    }

    /// Whether secrets of any kind are at home here: on this computer, or in a password manager's own page.
    #[must_use]
    pub fn keeps_secrets(&self) -> bool {
        let Self { host, secure, .. } = self;
        let known = |name: &&str| host == name || (name.starts_with('.') && host.ends_with(*name));
        is_this_computer(host) || (*secure && PASSWORD_MANAGERS.iter().any(known))
    }

    fn is_at(&self, site: &str) -> bool {
        let (host, path) = site.split_once('/').unwrap_or((site, ""));
        let below = self.path.trim_start_matches('/').strip_prefix(path.trim_end_matches('/'));
        self.host == host
            && below.is_some_and(|rest| path.is_empty() || rest.is_empty() || rest.starts_with(['/', '?', '#']))
    }
}

/// Names below `localhost` are not among them: whoever gives a name to something on this computer may mean something that goes on.
fn is_this_computer(host: &str) -> bool {
    host == "localhost" || host == "[::1]" || host.parse::<Ipv4Addr>().is_ok_and(|address| address.is_loopback())
}

/// Whether it is https, the host without port, and the path of a URL; empty strings for one without a host.
fn parts(url: &str) -> (bool, String, String) {
    let url = url.strip_prefix("blob:").unwrap_or(url);
    let Some((scheme, rest)) = url.split_once("://") else { return Default::default() };
    let (authority, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let host = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    (scheme == "https", host.to_ascii_lowercase(), path.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_site_is_the_frames_host_and_else_the_pages() {
        assert_eq!(Destination::new("https://Chat.Example:8443/a?b#c", "https://x.test/").site(), "chat.example");
        assert_eq!(Destination::new("about:blank", "https://x.test/").site(), "x.test");
        assert_eq!(Destination::new("blob:https://b.test/1-2", "https://x.test/").site(), "b.test");
        assert_eq!(Destination::new("null", "").site(), "");
    }

    #[test]
    fn secrets_are_at_home_on_this_computer_and_in_a_password_manager() {
        let at = |url: &str| Destination::new(url, url).keeps_secrets();
        for url in [
            "http://localhost:8888/lab",
            "http://127.0.0.1:7860/",
            "http://[::1]:3000/",
            "https://vault.bitwarden.com/#/vault",
            "https://acme.1password.com/vaults/all",
        ] {
            assert!(at(url), "{url}");
        }
        for url in [
            "http://chat.localhost/",
            "https://localhost.example/",
            "https://127.0.0.1.example/",
            "http://10.0.0.1/",
            "http://vault.bitwarden.com/",
            "https://vault.bitwarden.com.example/",
            "https://not1password.com/",
            "https://community.bitwarden.com/",
            "",
        ] {
            assert!(!at(url), "{url}");
        }
    }

    #[test]
    fn a_key_page_is_an_exact_host_and_a_path_below() {
        let at = |url: &str| Destination::new(url, url).is_at("console.example/settings/keys");
        assert!(at("https://console.example/settings/keys"));
        assert!(at("https://console.example/settings/keys/new?x"));
        assert!(!at("https://console.example/settings/keyserver"));
        assert!(!at("https://console.example/forum"));
        assert!(!at("https://console.example.evil.test/settings/keys"));
        assert!(!at("https://evil.test/console.example/settings/keys"));
    }
}
