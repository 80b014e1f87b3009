//! The guide to AMS, sentence by sentence.

mod grants;
mod walks;

use super::*;
use crate::model::{Answer, Extent};

const MANAGER: Person = Person::Api(ApiUser::Manager);
const SETUP: Person = Person::Api(ApiUser::Setup);
const READER: Person = Person::Api(ApiUser::Reader);
const NOBODY: Person = Person::Api(ApiUser::Nobody);
const FIRST: Person = Person::Made(0);
const SECOND: Person = Person::Made(1);
const ELSEWHERE: Person = Person::Made(2);

fn by(caller: Person, call: Call) -> Transition {
    Transition {
        caller: Caller::Person(caller),
        call,
    }
}

fn user(company: CompanyRef) -> Call {
    Call::CreateUser {
        company,
        missing: None,
    }
}

fn department(parent: Option<Ref<Department>>, company: CompanyRef) -> Call {
    Call::CreateDepartment { parent, company }
}

fn link(user: Person, departments: &[Department]) -> Call {
    let departments = departments.iter().copied().map(Ref::Known).collect();
    Call::AssignDepartments {
        user: Ref::Known(user),
        departments,
    }
}

fn grant(user: Person, groups: &[Group]) -> Call {
    Call::AssignGroups {
        user: Ref::Known(user),
        groups: groups.iter().copied().map(Ref::Known).collect(),
    }
}

const fn list(company: CompanyRef) -> Call {
    Call::ListGroups { company }
}

/// Two users of the home company, one of the other, a department of each company.
fn peopled(steps: &[Transition]) -> State {
    let other = CompanyRef::Named(Company::Other);
    let given = [
        by(MANAGER, user(CompanyRef::LeftOut)),
        by(SETUP, user(CompanyRef::Named(Company::Home))),
        by(SETUP, user(other)),
        by(MANAGER, department(None, CompanyRef::LeftOut)),
        by(SETUP, department(None, other)),
    ];
    given
        .iter()
        .chain(steps)
        .fold(Ams::fresh(&Offer::everything()), |state, step| {
            assert!(Ams::preconditions(&state, step), "{step:?}");
            Ams::apply(state, step)
        })
}

/// What the document says of this step, taken after the others, and by which rules.
#[track_caller]
fn check(
    before: &[Transition],
    step: &Transition,
    status: u16,
    code: Option<&str>,
    rules: &[&str],
) {
    let state = peopled(before);
    assert!(
        Ams::preconditions(&state, step),
        "the documents leave {step:?} open"
    );
    let expected = Ams::expected(&state, step);
    assert_eq!(
        expected.judge(&Answer {
            status,
            code: code.map(str::to_owned)
        }),
        Ok(()),
        "{step:?}"
    );
    assert_eq!(
        expected
            .rules()
            .iter()
            .map(|rule| rule.id)
            .collect::<Vec<_>>(),
        rules,
        "{step:?}"
    );
}

#[track_caller]
fn check_open(step: &Transition) {
    assert!(!Ams::preconditions(&peopled(&[]), step), "{step:?}");
}

#[test]
fn without_a_valid_token_nobody_is_logged_in() {
    for caller in [Caller::NoToken, Caller::UnknownToken] {
        for call in [
            list(CompanyRef::LeftOut),
            grant(FIRST, &[Group::Admin]),
            department(Some(Ref::Unknown), CompanyRef::LeftOut),
        ] {
            check(
                &[],
                &Transition { caller, call },
                401,
                None,
                &["ams.auth.unauthenticated"],
            );
        }
    }
}

#[test]
fn each_call_needs_its_own_permission() {
    let calls = [
        (user(CompanyRef::LeftOut), "ams.user.create-permission"),
        (
            department(None, CompanyRef::LeftOut),
            "ams.department.create-permission",
        ),
        (
            link(FIRST, &[Department::Given(1)]),
            "ams.user-department.permission",
        ),
        (
            grant(FIRST, &[Group::StandardUser]),
            "ams.permission.assign-permission",
        ),
    ];
    for (call, rule) in calls {
        check(&[], &by(READER, call.clone()), 403, None, &[rule]);
        assert!(
            Ams::expected(&peopled(&[]), &by(MANAGER, call)).accepted(),
            "{rule}"
        );
    }
    check(
        &[],
        &by(NOBODY, list(CompanyRef::LeftOut)),
        403,
        None,
        &["ams.group.list-permission"],
    );
    check(
        &[],
        &by(READER, list(CompanyRef::LeftOut)),
        200,
        None,
        &["ams.group.general-or-company"],
    );
}

#[test]
fn a_callers_company_replaces_the_one_sent() {
    for sent in [CompanyRef::Named(Company::Other), CompanyRef::Unknown] {
        check(
            &[],
            &by(MANAGER, user(sent)),
            201,
            None,
            &["ams.user.company-of-caller"],
        );
        check(
            &[],
            &by(MANAGER, department(None, sent)),
            201,
            None,
            &["ams.department.company-of-caller"],
        );
        let made = peopled(&[by(MANAGER, user(sent)), by(MANAGER, department(None, sent))]);
        assert_eq!(made.company(Person::Made(3)), Some(Company::Home));
        assert_eq!(
            made.company_of_department(Department::Made(2)),
            Some(Company::Home)
        );
    }
}

#[test]
fn a_caller_without_a_company_names_one_that_exists() {
    for sent in [CompanyRef::LeftOut, CompanyRef::Unknown] {
        check(
            &[],
            &by(SETUP, user(sent)),
            422,
            None,
            &["ams.user.company-must-exist"],
        );
        check(
            &[],
            &by(SETUP, user(sent)),
            404,
            Some("company.002"),
            &["ams.user.company-must-exist"],
        );
    }
    check(
        &[],
        &by(SETUP, user(CompanyRef::Named(Company::Other))),
        201,
        None,
        &["ams.user.create-permission"],
    );
}

#[test]
fn a_user_lacks_no_field_of_its_login() {
    for field in [Field::Name, Field::Surname, Field::Email] {
        let call = Call::CreateUser {
            company: CompanyRef::LeftOut,
            missing: Some(field),
        };
        check(
            &[],
            &by(MANAGER, call),
            422,
            None,
            &["ams.user.required-fields"],
        );
    }
}

#[test]
fn a_parent_is_an_existing_department() {
    let under = |parent| department(Some(parent), CompanyRef::LeftOut);
    let rule = ["ams.department.parent-exists"];
    check(
        &[],
        &by(MANAGER, under(Ref::Known(Department::Given(42)))),
        201,
        None,
        &rule,
    );
    check(
        &[],
        &by(MANAGER, under(Ref::Known(Department::Made(0)))),
        201,
        None,
        &rule,
    );
    check(&[], &by(MANAGER, under(Ref::Unknown)), 422, None, &rule);
    check(
        &[],
        &by(MANAGER, under(Ref::Known(Department::Made(1)))),
        404,
        None,
        &rule,
    );
    check(
        &[],
        &by(SETUP, under(Ref::Known(Department::Made(1)))),
        201,
        None,
        &rule,
    );
}

#[test]
fn user_and_departments_must_exist_to_be_linked() {
    let exists = ["ams.user-department.departments-exist"];
    check(
        &[],
        &by(
            MANAGER,
            link(FIRST, &[Department::Given(1), Department::Given(2)]),
        ),
        200,
        None,
        &["ams.user-department.links"],
    );
    let unknown = Call::AssignDepartments {
        user: Ref::Known(FIRST),
        departments: vec![Ref::Known(Department::Given(1)), Ref::Unknown],
    };
    check(
        &[],
        &by(MANAGER, unknown),
        404,
        Some("department.002"),
        &exists,
    );
    check(
        &[],
        &by(MANAGER, link(FIRST, &[Department::Made(1)])),
        404,
        None,
        &exists,
    );
    check(
        &[],
        &by(SETUP, link(ELSEWHERE, &[Department::Given(1)])),
        404,
        None,
        &exists,
    );
    let nobody = Call::AssignDepartments {
        user: Ref::Unknown,
        departments: vec![Ref::Known(Department::Given(1))],
    };
    check(
        &[],
        &by(MANAGER, nobody),
        404,
        Some("user.002"),
        &["ams.user-department.user-exists"],
    );
}

#[test]
fn links_are_kept_with_those_made_before() {
    let state = peopled(&[
        by(MANAGER, link(FIRST, &[Department::Given(1)])),
        by(MANAGER, link(FIRST, &[Department::Made(0)])),
    ]);
    let both = [Department::Given(1), Department::Made(0)]
        .map(|department| Some(Item::Department(department)));
    assert_eq!(
        Ams::view(&state, &Look::DepartmentsOf(FIRST)).judge(&both, Extent::Everything),
        Ok(())
    );
}

#[track_caller]
fn check_listed(caller: Person, company: CompanyRef, groups: &[Group]) {
    let look = Look::Groups {
        caller: Caller::Person(caller),
        company,
    };
    let seen: Vec<_> = groups
        .iter()
        .map(|group| Some(Item::Group(*group)))
        .collect();
    assert_eq!(
        Ams::view(&peopled(&[]), &look).judge(&seen, Extent::Everything),
        Ok(())
    );
}

#[test]
fn groups_are_general_or_of_the_callers_company() {
    let home = [Group::StandardUser, Group::PowerUser, Group::Admin];
    for filter in [
        CompanyRef::LeftOut,
        CompanyRef::Named(Company::Other),
        CompanyRef::Unknown,
    ] {
        check_listed(READER, filter, &home);
    }
    check_listed(SETUP, CompanyRef::LeftOut, &Group::ALL);
    check_listed(SETUP, CompanyRef::Named(Company::Home), &home);
    check_listed(
        SETUP,
        CompanyRef::Named(Company::Other),
        &[Group::OfOtherCompany, Group::Admin, Group::StandardUser],
    );
    let ignored = by(MANAGER, list(CompanyRef::Named(Company::Other)));
    check(
        &[],
        &ignored,
        200,
        None,
        &["ams.group.company-filter-ignored"],
    );
}

#[test]
fn what_no_document_answers_is_not_asked() {
    check_open(&by(MANAGER, grant(ELSEWHERE, &[Group::StandardUser])));
    check_open(&by(MANAGER, grant(SETUP, &[])));
    check_open(&by(SETUP, grant(ELSEWHERE, &[Group::PowerUser])));
    check_open(&by(SETUP, list(CompanyRef::Unknown)));
    check_open(&by(MANAGER, link(FIRST, &[])));
    check_open(&by(MANAGER, link(ELSEWHERE, &[Department::Made(1)])));
    check_open(&by(Person::Made(7), list(CompanyRef::LeftOut)));
    check_open(&by(MANAGER, link(FIRST, &[Department::Given(7)])));
}
