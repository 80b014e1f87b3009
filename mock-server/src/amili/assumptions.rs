//! Every question about the Amili side that no document answers. The first answer is in force by default.

use crate::platform::assumption::assumptions;

assumptions! {
    ErrorsShape: "amili.errors.shape",
        "Where does a refusal by validation tell its problems?", framework = Framework {
        Both = "both" => "in _error.details by dotted path, as documented, with the framework's _issues beside it",
        Documented = "documented" => "in _error.details by dotted path only",
        Framework = "framework" => "in the framework's _issues only",
    }
    IfMatch: "amili.patch.if-match",
        "Must a change or deletion name the document's etag in If-Match?", framework = Required {
        Required = "required" => "428 without it",
        Optional = "optional" => "without it the change is made",
    }
    DeleteUnknown: "amili.delete.unknown",
        "How is the deletion of something that does not exist answered?", framework = NoContent {
        NoContent = "204" => "204, as if it had existed",
        NotFound = "404" => "404",
    }
    NumbersInPatch: "amili.patch.organisation-numbers",
        "Does the exclusion of the two organisation numbers look at the stored document too?", framework = SentOnly {
        Merged = "merged" => "a change may not leave a creditor with both",
        SentOnly = "sent-only" => "only both in one body are refused",
    }
    DeletedGroups: "amili.delete.user-access",
        "What becomes of a user's access to the groups of a deleted creditor?" {
        Dropped = "dropped" => "the entries vanish from data_access",
        Kept = "kept" => "the entries stay and point to nothing",
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
    CreditorReads: "amili.scope.creditor-reads",
        "What do the admin and the user of a creditor see?" {
        Creditor = "creditor" => "their creditors, those creditors' groups, users and cases, and the account",
        Account = "account" => "everything of the account",
    }
}
