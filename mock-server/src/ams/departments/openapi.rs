//! What the document says of departments.

use serde_json::Value;

use super::decide::FIELDS;
use crate::ams::assumptions::{
    CommonDepartment, CompanylessDepartment, CreateDepartmentPath, DepartmentName, DepartmentTwice,
    ForeignParent, LongestText,
};
use crate::ams::openapi::{
    call, company, created, example, fields, filled, id, missing, problem, text_sent, with_body,
};
use crate::ams::permission::WRITE_DEPARTMENTS;
use crate::ams::rulebook;
use crate::openapi::Operation;
use crate::openapi::schema::{integer, named, object, or_null, text};
use crate::platform::assumption::{Answers, Question};

const EXAMPLE: &str = include_str!("../../../../fixtures/examples/ams-department.json");

/// Guide step 2.
pub(super) fn create(answers: &Answers) -> Operation {
    let call = call(
        Operation::new("createDepartment", "departments", "Creates a department"),
        WRITE_DEPARTMENTS,
        answers,
    );
    let call = with_body(call, sent(answers), example(EXAMPLE), answers);
    created(call, shown(), answers)
        .refuses([
            problem(None, "name", "The name field is required.", answers),
            missing(
                &rulebook::PARENT_EXISTS,
                "Department 9 not found: parent_id must be an existing department.",
                answers,
            ),
        ])
        .by(&[
            &rulebook::HIERARCHY,
            &rulebook::DEPARTMENT_COMPANY_OF_CALLER,
        ])
        .assuming(&[
            CreateDepartmentPath::ASSUMPTION,
            DepartmentName::ASSUMPTION,
            DepartmentTwice::ASSUMPTION,
            ForeignParent::ASSUMPTION,
            CompanylessDepartment::ASSUMPTION,
            CommonDepartment::ASSUMPTION,
            LongestText::ASSUMPTION,
        ])
}

fn sent(answers: &Answers) -> Value {
    let required: &[&str] = match answers.to::<DepartmentName>() {
        DepartmentName::Required => &["name"],
        DepartmentName::Optional => &[],
    };
    // Nothing judges the form of a company that is discarded or unknown.
    let form = |field: &str| match field {
        "parent_id" => id(answers),
        "company_id" => integer(),
        _ => filled(text_sent(answers)),
    };
    let members = FIELDS.iter().map(|field| (*field, form(field)));
    named("NewDepartment", fields(members, required))
}

fn shown() -> Value {
    let form = object([
        ("id", integer()),
        ("name", text()),
        ("parent_id", or_null(integer())),
        ("company_id", company()),
    ]);
    named("Department", form)
}
