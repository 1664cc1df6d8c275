//! What Prism says of itself when it starts.

use std::sync::mpsc;

use conformance::prism::address;
use intercom_client_codegen::error::Problem;

fn after(lines: &[&str]) -> Result<String, Problem> {
    let (sender, receiver) = mpsc::channel();
    for line in lines {
        sender.send((*line).to_owned()).unwrap();
    }
    drop(sender);
    address(&receiver)
}

#[test]
fn the_address_is_the_one_prism_says() {
    let lines = [
        "awaiting Starting Prism…",
        "[CLI] ▶ start Prism is listening on http://127.0.0.1:4010",
    ];
    assert_eq!(after(&lines).unwrap(), "http://127.0.0.1:4010");
}

#[test]
fn why_prism_does_not_serve_a_description_is_passed_on() {
    let problem = after(&["[CLI] ✖ fatal  token \"x\" does not exist"]).unwrap_err();
    assert_eq!(
        problem.to_string(),
        "Prism does not serve it: token \"x\" does not exist"
    );
}
