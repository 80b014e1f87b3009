//! A walk that `contract-tests explore` found to fail on `mock`: amili.creditor.activation-fields.
//!
//! Expected: `status 422 by amili.creditor.activation-fields`
//! Got: `status 201: {"_id":\n"'}`

use contract_tests::{Target, replay};

const WALK: &str = r#"{
  "schema": "1.0",
  "api": "amili",
  "seed": 7,
  "rules": [
    "amili.creditor.activation-fields"
  ],
  "steps": [
    {
      "caller": "account_api_user",
      "request": {
        "create_creditor": {
          "account": "own",
          "named": true,
          "organisation": "swedish",
          "active": true,
          "missing": [
            "invoice_address"
          ]
        }
      }
    }
  ]
}
"#;

#[test]
fn amili_creditor_activation_fields_0() {
    let target = Target::mock().unwrap();
    replay(&target, WALK).unwrap_or_else(|differs| panic!("{differs}"));
}
