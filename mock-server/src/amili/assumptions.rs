//! Every question about the Amili side that no document answers. The first answer is in force by default.

use crate::platform::assumption::assumptions;

assumptions! {
    TokenField: "amili.auth.token-field",
        "Which member of the answer to an authentication holds the token?" {
        Token = "token" => "token",
        AccessToken = "access_token" => "access_token",
        ApiKey = "api_key" => "api_key",
        XApiKey = "x_api_key" => "x_api_key",
    }
    TokenLifetime: "amili.auth.token-lifetime",
        "How long is a token valid?" {
        OneHour = "one-hour" => "one hour",
        TenMinutes = "ten-minutes" => "ten minutes",
        OneDay = "one-day" => "24 hours",
        Unlimited = "unlimited" => "for ever",
    }
    ExpLimit: "amili.auth.exp-limit",
        "How far ahead may the exp of a JWT lie, which the pages put about 10 minutes ahead?" {
        TenMinutes = "ten-minutes" => "401 when it lies more than 10 minutes ahead",
        WithSkew = "eleven-minutes" => "401 when it lies more than 11 minutes ahead, a minute being left for clocks that differ",
        Unlimited = "unlimited" => "as far as the client likes",
    }
    PostForm: "amili.auth.post-form",
        "Is there the form of authentication by POST, which only the older edition describes?" {
        Absent = "absent" => "405, as in the newer editions",
        RegisteredIp = "registered-ip" => "a body with api_code is enough from a registered address, which every caller's is here",
    }
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
        "Is a creditor active when the request does not say?", framework = Absent {
        Inactive = "inactive" => "it is inactive",
        Active = "active" => "it is active, and so needs the activation fields",
        Absent = "absent" => "the field is left out, and the creditor counts as inactive",
    }
    FilledFields: "amili.creditor.filled-fields",
        "Which fields does the server add to a new creditor?", framework = None {
        Example = "as-in-the-example" => "those of the documented read: settings, letter locale, creditor number",
        None = "none" => "none but the VAT area",
    }
    VatAreaPlace: "amili.creditor.vat-area-place",
        "Where is the VAT area of a creditor kept?", framework = TopLevel {
        CaseConfig = "case-config" => "in case_config.vat_area, and beside it where the request said it",
        TopLevel = "top-level" => "in vat_area; case_config is left as sent",
    }
    VatAreas: "amili.creditor.vat-areas",
        "Which VAT areas are there?" {
        Named = "named" => "those that the pages name: sweden, norway, denmark, eu",
        Any = "any" => "any text",
    }
    VatAreaMatches: "amili.creditor.vat-area-matches",
        "Must the VAT area go with the kind of organisation number?" {
        Free = "free" => "it need not: the guide only advises it",
        Required = "required" => "sweden goes with organization_no, all others with the other one: 422",
    }
    CreditorFormats: "amili.creditor.formats",
        "Are the forms of organisation numbers and zip codes checked?" {
        Free = "free" => "any text will do, as in the examples",
        Checked = "checked" => "ten digits for organization_no, five for zip_code: 422",
    }
    DuplicateCreditorName: "amili.creditor.duplicate-name",
        "May two creditors of one account have the same name?" {
        Allowed = "allowed" => "they may",
        Refused = "refused" => "422, value is not unique",
    }
    GroupsLag: "amili.access-group.lag",
        "When are the groups of a new creditor dated?" {
        Together = "together" => "in the same second as the creditor",
        Later = "one-second-later" => "one second later, as in the guide's example",
    }
    OwnId: "amili.body.own-id",
        "May a client choose the _id of a new document?", framework = Accepted {
        Accepted = "accepted" => "it may, if no other document has it",
        Refused = "refused" => "422, field is read-only",
    }
    OverLimit: "amili.list.over-limit",
        "What happens when max_results is above the limit?", framework = Clamped {
        Clamped = "clamped" => "the limit is used, and _meta says so",
        Refused = "refused" => "400",
    }
    Bulk: "amili.write.bulk",
        "May a POST bring several documents?", framework = Accepted {
        Accepted = "accepted" => "it may: all are stored, or none",
        Refused = "refused" => "400 for two documents or more",
    }
    FirstCreditor: "amili.account.initial-creditor",
        "Must a new account bring initial_creditor_data?" {
        Required = "required" => "422 without it: each account has at least one creditor",
        Optional = "optional" => "without it the account has no creditor yet",
    }
    UnknownAccount: "amili.scope.unknown-account",
        "How is a document for an account refused that does not exist?", framework = Unprocessable {
        Unprocessable = "422" => "422 on account, like any relation without its target",
        Forbidden = "403" => "403, like an account that is not the caller's",
    }
    UserOwner: "amili.user.owner",
        "Where the editions of the page differ: may a user belong to a partner or a solicitor instead of an account?" {
        OneOf = "one-of" => "an account's, a partner's or a solicitor's, exactly one of them, as in the newer edition",
        Account = "account" => "an account's only, as in the older edition",
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
    InactiveCreditor: "amili.case.inactive-creditor",
        "How is the registration of a case for an inactive creditor refused?" {
        Invalid = "422" => "422 with an entry for creditor",
        Forbidden = "403" => "403",
    }
    InvoiceForInactive: "amili.invoice.inactive-creditor",
        "Does an inactive creditor block invoice registrations too?" {
        Refused = "refused" => "it does, since an invoice registration brings a case",
        Allowed = "allowed" => "it does not",
    }
    ForeignCreditor: "amili.registration.foreign-creditor",
        "How is a creditor of another account than the one beside it refused?" {
        Invalid = "422" => "422 with an entry for creditor",
        Forbidden = "403" => "403",
    }
    KindUnsaid: "amili.customer.kind-unsaid",
        "What is a customer that is called neither person nor company nor foreign?" {
        Person = "person" => "a person, as in the pages' example",
        Refused = "refused" => "422, required field on all three",
    }
    IdentityRequired: "amili.customer.identity-required",
        "Must a registration give its customer's id_number and address?" {
        Required = "required" => "it must: every customer that the pages show has both",
        Optional = "optional" => "a name is enough",
    }
    KnownCustomer: "amili.customer.same-id-number",
        "Whom does a registration mean by an id_number that a customer of the creditor has already?" {
        Found = "found" => "that customer, who stays as first registered",
        Updated = "updated" => "that customer, who becomes as this registration says",
        New = "new" => "another customer",
    }
    CustomerSearch: "amili.customer.search",
        "Which customers do the parameters id_number, name and email find?", framework = Ignored {
        Exact = "exact" => "those whose field is exactly the text",
        Ignored = "ignored" => "all: nothing reads them, and the answer warns of it",
    }
    DuplicateInvoice: "amili.case.duplicate-invoice-number",
        "May two cases of one creditor have the same invoice number?" {
        Allowed = "allowed" => "they may",
        Refused = "refused" => "422, value is not unique",
    }
    OcrNumbersPer: "amili.case.ocr-numbers-per",
        "How many OCR numbers does a case registration with several debts bring?" {
        Debt = "debt" => "one for each debt",
        Registration = "registration" => "one in all",
    }
    PaymentEdition: "amili.payment.edition",
        "Which edition of the pages about payments and creditings is in force?" {
        Either = "either" => "both: account may be given, and a case or an invoice number",
        Older = "older" => "the older: account and case are required, and the newer fields unknown",
        Newer = "newer" => "the newer: account is read-only",
    }
    CaseOfOther: "amili.payment.case-of-other-creditor",
        "May a payment or a crediting name a case of another creditor than its own?" {
        Refused = "refused" => "422 with an entry for case",
        Accepted = "accepted" => "it may, within the account",
    }
    SeveralCases: "amili.payment.ambiguous-invoice-number",
        "Which case does an invoice number mean that several cases of the creditor have?" {
        Refused = "refused" => "none: 422 with an entry for invoice_number",
        Newest = "newest" => "the newest",
    }
    PaidCapital: "amili.payment.remaining-capital",
        "What becomes of the remaining capital of a case that is paid or credited?" {
        Lowered = "lowered" => "it falls by the amount, to nothing at the least",
        Unchanged = "unchanged" => "it stays",
    }
    UnauthenticatedText: "amili.auth.refusal-text",
        "What does the message of a 401 say?", framework = Framework {
        Framework = "framework" => "Please provide proper credentials",
        Plain = "plain" => "Unauthorized",
    }
    MalformedBody: "amili.body.unreadable",
        "How is a body answered that is no JSON?", framework = BadRequest {
        BadRequest = "400" => "400",
        Unprocessable = "422" => "422",
    }
    ContentTypes: "amili.body.other-content-type",
        "How is a body of another content type answered?", framework = BadRequest {
        BadRequest = "400" => "400",
        Unsupported = "415" => "415",
    }
    MalformedId: "amili.path.malformed-id",
        "How is a path answered whose id is no id?", framework = NotFound {
        NotFound = "404" => "404, like any unknown path",
        BadRequest = "400" => "400",
    }
    MethodNotOffered: "amili.method.not-offered",
        "How is a method answered that a path does not offer?", framework = NotAllowed {
        NotAllowed = "405" => "405",
        NotFound = "404" => "404",
    }
    HeadAndOptions: "amili.method.head-and-options",
        "Are HEAD and OPTIONS answered?", framework = Answered {
        Answered = "answered" => "they are: HEAD like GET without its body, OPTIONS with Allow",
        Refused = "refused" => "405, like any other method",
    }
    RateLimits: "amili.rate-limit.enforced",
        "Are the documented limits of 100 requests a minute and 10 a second for each key enforced?", framework = Off {
        Off = "off" => "they are not",
        On = "on" => "429 beyond them, with X-RateLimit-Limit, -Remaining and -Reset on every answer to the key",
    }
    MalformedWhere: "amili.query.malformed-status",
        "How is a query answered that cannot be read?", framework = BadRequest {
        BadRequest = "400" => "400",
        Unprocessable = "422" => "422",
    }
    ValueTypes: "amili.query.value-types",
        "Does where compare texts with numbers and booleans?", framework = Strict {
        Strict = "strict" => "it does not: \"true\" is a text",
        Lenient = "lenient" => "it does: \"true\" means true, too",
    }
    DefaultOrder: "amili.list.default-order",
        "In which order does a list stand that names none?", framework = OldestFirst {
        OldestFirst = "oldest-first" => "as the documents were made",
        NewestFirst = "newest-first" => "the newest first",
    }
    DetailsText: "amili.errors.details-text",
        "What do the documented details call a missing field?", framework = Framework {
        Framework = "framework" => "required field, as the framework does",
        Sample = "as-in-the-sample" => "Name is required, as in the sample, by the name of the field",
    }
    ReadOnlyField: "amili.body.read-only-field",
        "What happens to a field that only the server writes?", framework = Refused {
        Refused = "refused" => "422, field is read-only, unless a change repeats its value",
        Ignored = "ignored" => "nothing reads it",
    }
    AutomaticField: "amili.body.automatic-field",
        "What happens to _created, _updated and _etag in a body?", framework = Refused {
        Refused = "refused" => "422, unknown field",
        Ignored = "ignored" => "nothing reads them",
    }
    NestedPatch: "amili.patch.nested",
        "What becomes of an object that a change names?", framework = Merged {
        Merged = "merged" => "its members are merged into those kept",
        Replaced = "replaced" => "it takes the place of the one kept",
    }
    SetAtCreation: "amili.patch.set-at-creation",
        "What happens to another account or agreement template in a change?" {
        Refused = "refused" => "422, field is read-only",
        Ignored = "ignored" => "nothing reads it",
    }
    AccountUnsaid: "amili.creditor.account-unsaid",
        "What is the account of a creditor that names none?", framework = Refused {
        Refused = "refused" => "none: 422, required field",
        Own = "callers-own" => "the caller's",
    }
    ActivationProblems: "amili.creditor.activation-problems",
        "How many missing activation fields does a refusal name?" {
        Every = "every" => "every one",
        First = "first" => "the first",
    }
    EmptyActivationField: "amili.creditor.empty-activation-field",
        "Is an empty text or address enough for activation?" {
        Missing = "missing" => "it is as good as none",
        Enough = "enough" => "it is",
    }
    ActivationByPatch: "amili.creditor.activation-by-patch",
        "Which fields count when a change activates a creditor?" {
        Merged = "merged" => "those kept and those sent",
        SentOnly = "sent-only" => "those sent alone",
    }
    ActivationFieldRemoved: "amili.creditor.activation-field-removed",
        "May a change take an activation field away from an active creditor?" {
        Refused = "refused" => "it may not: 422",
        Deactivates = "deactivates" => "it may, and the creditor is inactive then",
        Allowed = "allowed" => "it may, and the creditor stays active",
    }
    CreditorNumbers: "amili.creditor.number-sequence",
        "How are creditors numbered?" {
        Overall = "overall" => "all in one sequence",
        PerAccount = "per-account" => "each account's by itself",
    }
    LastCreditor: "amili.delete.last-creditor",
        "May the last creditor of an account be deleted?", framework = Allowed {
        Allowed = "allowed" => "it may",
        Refused = "refused" => "422: an account has at least one",
    }
    CreditorWithCases: "amili.delete.with-cases",
        "May a creditor be deleted that has cases?", framework = Allowed {
        Allowed = "allowed" => "it may, and its cases stay",
        Refused = "refused" => "422",
    }
    GroupNames: "amili.access-group.names-follow",
        "Do the names that a group shows follow a change of them?" {
        Follow = "follow" => "they do",
        AsCreated = "as-created" => "they stay as they were when the group was made",
    }
    GroupRights: "amili.access-group.rights",
        "Which access_rights does a new group have?" {
        Empty = "empty" => "{}, as in the guide's examples",
        AsAdmin = "as-account-admin" => "those of the account's account_admin",
    }
    CreditorFilter: "amili.access-group.creditor-filter",
        "Which groups does where by creditor find?", framework = Own {
        Own = "own" => "the creditor's own two",
        AndAccounts = "with-account-level" => "these, and those of its account, which reach it too",
    }
    ForeignAccount: "amili.scope.foreign-account-status",
        "How is a document for an account refused that is not the caller's?" {
        Forbidden = "403" => "403",
        Unprocessable = "422" => "422 on account, as if there were no such account",
    }
    UnknownCreditor: "amili.registration.unknown-creditor",
        "How is a creditor refused that does not exist?", framework = Unprocessable {
        Unprocessable = "422" => "422 on creditor",
        NotFound = "404" => "404",
    }
    UnknownGroup: "amili.user.unknown-group",
        "How is an access group refused that does not exist?", framework = Unprocessable {
        Unprocessable = "422" => "422 at the entry of data_access",
        NotFound = "404" => "404",
    }
    ForeignGroup: "amili.user.foreign-group",
        "May a user have an access group of another account?", framework = Allowed {
        Refused = "refused" => "it may not: 422 at the entry",
        Forbidden = "403" => "it may not: 403",
        Allowed = "allowed" => "it may",
    }
}
