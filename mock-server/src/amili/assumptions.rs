//! Every question about the Amili side that no document answers. The first answer is in force by default.

use crate::platform::assumption::assumptions;

assumptions! {
    ErrorsShape: "amili.errors.shape",
        "Where does a refusal by validation tell its problems?", framework = Framework {
        Both = "both" => "in _error.details by dotted path, as documented, with the framework's _issues beside it",
        Documented = "documented" => "in _error.details by dotted path only",
        Framework = "framework" => "in the framework's _issues only",
    }
    UnknownField: "amili.body.unknown-field",
        "What happens to a field that the pages do not name?", framework = Refused {
        Refused = "refused" => "422, unknown field",
        Kept = "kept" => "it is stored as sent",
    }
    IsActiveDefault: "amili.creditor.is-active-default",
        "Is a creditor active when the request does not say?" {
        Inactive = "inactive" => "it is inactive",
        Active = "active" => "it is active, and so needs the activation fields",
    }
    OrganisationNumberRequired: "amili.creditor.organisation-number-required",
        "Does a creditor need one of the two organisation numbers?" {
        Optional = "optional" => "neither is needed",
        Required = "required" => "422, required field on both, when neither is given",
    }
    DuplicateCreditor: "amili.creditor.duplicate-organisation-number",
        "May two creditors of one account have the same organisation number?" {
        Allowed = "allowed" => "they may",
        Refused = "refused" => "422, value is not unique",
    }
    DuplicateUser: "amili.user.duplicate-email-oauth",
        "May two users sign in with the same address?" {
        Allowed = "allowed" => "they may",
        Refused = "refused" => "422, value is not unique",
    }
    EmptyDataAccess: "amili.user.empty-data-access",
        "May a user be created without any access group?" {
        Allowed = "allowed" => "data_access may be absent or empty",
        Refused = "refused" => "422, required field when absent, empty values not allowed when empty",
    }
    RepeatedGroup: "amili.user.repeated-group",
        "May one access group stand in data_access twice?" {
        Kept = "kept" => "it is stored as sent",
        Refused = "refused" => "422 at the repeated entry",
    }
    ForeignRead: "amili.scope.foreign-read",
        "What does a caller see of accounts that its own does not cover?" {
        Invisible = "invisible" => "nothing: lists leave the documents out, an item is 404",
        Visible = "visible" => "everything",
        Forbidden = "forbidden" => "lists leave the documents out, an item is 403",
    }
}
