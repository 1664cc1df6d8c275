# What this repository is checked with; `.ci/run` and the workflows call the same recipes. `just` lists them.
# The tools are in .ci/requirements.txt; deny, hack and semver need the subcommand of cargo that they name.

set shell := ["bash", "-euo", "pipefail", "-c"]

everything := "--workspace --all-features"
# What a user may add to versions, resources and TLS.
extra_features := "dynamic,exports,mock,schemars,tracing,webhooks"
client := "--package intercom-client"
bare := client + " --no-default-features"
msrv := `sed -n 's/^rust-version = "\(.*\)"$/\1/p' Cargo.toml`
built := env("CARGO_TARGET_DIR", "target") / "debug"
just := quote(just_executable()) + " --justfile " + quote(justfile())

[private]
default:
    @{{ just }} --list --unsorted

# Checks how code and this file are formatted
fmt:
    cargo fmt --all --check
    {{ just }} --fmt --check

# Checks spelling, workflows and issue forms
lint:
    typos
    check-jsonschema --builtin-schema vendor.github-workflows .github/workflows/*.yml
    check-jsonschema --builtin-schema vendor.github-issue-forms .github/ISSUE_TEMPLATE/{bug,description,version}.yml
    check-jsonschema --builtin-schema vendor.github-issue-config .github/ISSUE_TEMPLATE/config.yml
    check-jsonschema --builtin-schema vendor.dependabot .github/dependabot.yml

# Finds words for which the field has standard ones
words path='':
    .ci/words {{ quote(path) }}

# Runs the README's two commands
readme:
    cargo run --quiet --example quickstart
    cargo test

# Runs the examples, which need no account
examples:
    for example in sync_contacts export_conversations reply_unanswered upsert_csv; do \
        cargo run --quiet --example "$example"; \
    done

# Tests every version with every feature
test-all:
    cargo test {{ everything }} --test conformance --test dynamic --test exports --test mock --test models --test search \
        --test secrets --test traces --test webhooks
    cargo test {{ everything }} --doc
    cargo build --quiet {{ everything }} --example webhook_receiver
    {{ built }}/examples/webhook_receiver

# Lints every target of every crate
clippy:
    cargo clippy --quiet {{ everything }} --all-targets -- -D warnings

# Tests the maintainers' commands
test-xtask:
    cargo test --package xtask

# Takes a version that nobody has seen from its import to passing tests
next-version:
    cargo test --package xtask --test openapi next_version -- --ignored --nocapture

# Imports what Intercom published since, and writes a report of it with the result of the tests; from a folder or the repository
watch report from='':
    #!/usr/bin/env bash
    set -uo pipefail
    from={{ quote(from) }}
    cargo xtask openapi watch --report {{ quote(report) }} ${from:+--from "$from"}
    outcome=$?
    if [ -n "$(git status --porcelain)" ]; then
        {
            echo '## Tests'
            echo
            echo '```text'
            if log=$(cargo test --workspace 2>&1); then echo 'cargo test --workspace passes'; else tail -n 60 <<<"$log"; fi
            echo '```'
        } >> {{ quote(report) }}
    fi
    exit $outcome

# Runs the unit tests of features, without a version
test-units:
    cargo test {{ bare }} --features rustls,{{ extra_features }} --lib

# Tests with features of dependencies that other crates may turn on
test-unified:
    cargo test {{ client }} --features serde_json/arbitrary_precision,reqwest/gzip,exports --test exports --test models \
        --test runtime

# Tests what TLS there is: none, rustls without a provider, ring
test-tls:
    cargo test {{ bare }} --features webhooks --test no_tls --test webhooks
    cargo test {{ bare }} --features rustls-no-provider --test no_provider
    cargo test {{ bare }} --features rustls-ring --test rustls_ring
    cargo test {{ bare }} --features rustls-ring,rustls --test rustls_ring
    {{ just }} test-ring-alone

# Checks that ring comes without the provider that it is there to save
[private]
test-ring-alone:
    #!/usr/bin/env bash
    set -euo pipefail
    tree=$(cargo tree {{ bare }} --features rustls-ring --edges normal,build --prefix none)
    grep -q '^ring ' <<<"$tree"
    if grep '^aws-lc' <<<"$tree"; then exit 1; fi

# Builds the docs of the client
doc:
    RUSTDOCFLAGS='-D warnings' cargo doc --no-deps {{ client }} --features v2_14,{{ extra_features }}

# Builds the docs as docs.rs does, with a nightly toolchain
docs-rs:
    RUSTDOCFLAGS='-D warnings --cfg docsrs' cargo +nightly doc --no-deps {{ client }} --features v2_14,{{ extra_features }}

# Checks one set of features; a warning is an error
[private]
check features:
    #!/usr/bin/env bash
    set -euo pipefail
    log=$(cargo check --quiet {{ bare }} --features "{{ features }}" 2>&1) || { echo "$log"; exit 1; }
    if [ -n "$log" ]; then echo "$log"; exit 1; fi

# Checks each version alone, and none
each-version:
    for facts in openapi/[0-9]*.json; do \
        {{ just }} check "rustls,all-resources,v$(basename "$facts" .json | tr . _)"; \
    done
    {{ just }} check rustls
    {{ just }} check ''

# Checks each resource alone
each-resource:
    #!/usr/bin/env bash
    set -euo pipefail
    resources=$(sed -n '/^all-resources = \[/,/^\]/s/^ *"\(.*\)",$/\1/p' Cargo.toml)
    test -n "$resources"
    for resource in $resources; do
        {{ just }} check "rustls,v2_14,$resource"
    done
    {{ just }} check rustls,v2_14,contacts,mock

# Checks every pair of features that are neither versions nor resources (cargo-hack)
hack:
    cargo hack check {{ client }} --no-dev-deps --feature-powerset --depth 2 \
        --include-features rustls,rustls-ring,rustls-no-provider,native-tls,{{ extra_features }} --features v2_14,contacts

# Installs the toolchains of msrv and docs-rs (rustup)
toolchains:
    rustup toolchain install --profile minimal {{ msrv }} nightly

# Checks with the oldest Rust that is supported
msrv:
    cargo +{{ msrv }} check {{ client }} --features {{ extra_features }},rustls-ring

# Compares with the published originals in a folder (`2.14.yaml`), and with recorded responses
conformance originals recorded:
    cargo build --quiet {{ everything }} --bin conformance
    {{ built }}/conformance examples --from {{ quote(originals) }}
    {{ built }}/conformance recorded --from {{ quote(recorded) }}
    {{ built }}/conformance wire --from {{ quote(originals) }}

# Proves that openapi/ is what the originals in a folder give, and that importing again changes nothing (in a clean tree)
facts originals:
    cargo xtask openapi check --from {{ quote(originals) }}
    cargo xtask openapi import 2.16 --from {{ quote(originals) }}/2.16.yaml
    git diff --exit-code
    test -z "$(git status --porcelain)"

# Builds the packages, and checks what is in them
package:
    #!/usr/bin/env bash
    set -euo pipefail
    cargo package --quiet --package intercom-client --package intercom-client-codegen
    packaged=$(cargo package --list --package intercom-client; cargo package --list --package intercom-client-codegen)
    if grep -vE '^(\.cargo_vcs_info\.json|Cargo\.(lock|toml|toml\.orig)|build\.rs|(src|examples)/.*\.rs|openapi/.*\.json|(openapi/)?README\.md|CHANGELOG\.md|LICENSE-(APACHE|MIT))$' <<<"$packaged"; then
        echo 'the files above are packaged and no user needs them' >&2
        exit 1
    fi
    grep -q '^openapi/2.14.json$' <<<"$packaged"
    for link in $(grep -oE '\]\([^):#]+\)' README.md | tr -d '()]'); do
        if ! grep -qFx "$link" <<<"$packaged"; then
            echo "README.md links to $link, which is not in the package: make the link absolute" >&2
            exit 1
        fi
    done

# Checks the licenses and sources of all dependencies (cargo-deny)
deny:
    cargo deny --workspace check licenses bans sources

# Checks for advisories about dependencies, whose database is downloaded (cargo-deny)
advisories:
    cargo deny --workspace check advisories

# Compares the public API with the last release, if there is one (cargo-semver-checks)
semver:
    #!/usr/bin/env bash
    set -euo pipefail
    if last=$(git describe --tags --abbrev=0 --match 'v*' 2>/dev/null); then
        cargo semver-checks {{ client }} --baseline-rev "$last" --only-explicit-features --features v2_14,rustls,all-resources,{{ extra_features }}
    else
        echo 'nothing is released yet'
    fi
