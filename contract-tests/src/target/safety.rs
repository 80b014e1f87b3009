//! Which hosts may be called: this machine always, any other only when the targets file says so.

use crate::client::Address;

/// Words in the name of a host that is not production.
const REHEARSAL: [&str; 4] = ["sandbox", "test", "stage", "alpha"];

/// Refuses a host that the file does not allow; the error says which entry is missing.
pub(super) fn permitted(
    address: &Address,
    allow_hosts: &[String],
    not_a_sandbox: bool,
) -> Result<(), String> {
    let host = &address.host;
    if address.is_loopback() {
        return Ok(());
    }
    if !allow_hosts
        .iter()
        .any(|allowed| allowed.eq_ignore_ascii_case(host))
    {
        return Err(format!(
            "the host '{host}' is not on this machine and not in allow_hosts"
        ));
    }
    if !not_a_sandbox && !REHEARSAL.iter().any(|word| host.contains(word)) {
        return Err(format!(
            "the host '{host}' looks like production; i_know_this_is_not_a_sandbox = true is missing"
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(url: &str, allowed: &[&str], not_a_sandbox: bool, expected: Result<(), &str>) {
        let address = Address::parse(url).unwrap();
        let allowed: Vec<String> = allowed.iter().map(ToString::to_string).collect();
        let seen = permitted(&address, &allowed, not_a_sandbox);
        match (seen, expected) {
            (Ok(()), Ok(())) => {}
            (Err(error), Err(part)) if error.contains(part) => {}
            (seen, expected) => panic!("{seen:?} instead of {expected:?}"),
        }
    }

    #[test]
    fn this_machine_needs_no_permission() {
        check("http://127.0.0.1:4080", &[], false, Ok(()));
    }

    #[test]
    fn a_foreign_host_must_be_listed() {
        let sandbox = "https://api-sandbox.amili.se";
        check(sandbox, &[], false, Err("allow_hosts"));
        check(sandbox, &[], true, Err("allow_hosts"));
        check(sandbox, &["amili.se"], false, Err("allow_hosts"));
        check(sandbox, &["API-sandbox.amili.se"], false, Ok(()));
    }

    #[test]
    fn a_host_that_looks_like_production_needs_the_flag_besides() {
        let production = "https://ams.example";
        check(
            production,
            &["ams.example"],
            false,
            Err("i_know_this_is_not_a_sandbox"),
        );
        check(production, &["ams.example"], true, Ok(()));
        check(production, &[], true, Err("allow_hosts"));
    }
}
