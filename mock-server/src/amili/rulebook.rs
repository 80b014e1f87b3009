//! Every rule of the Amili side, one static each. The words quoted stand in `fixtures/guides`.

use crate::platform::rule::rulebook;

rulebook! {
    TOKEN_REQUIRED: Seed, "amili-creditor-users",
        "amili.auth.token-required",
        "Every request carries a valid token in the X-API-Key header.",
        "All API requests require a valid authentication token in the X-API-Key header."
        => 401, "Please provide proper credentials";
    CREATED: Seed, "amili-creditor-users-sv",
        "amili.write.created",
        "A creation answers 201 with the five automatic keys and nothing else of the document.",
        "\"_status\": \"OK\"";
    ACTIVATION_FIELDS: Seed, "amili-creditor-users",
        "amili.creditor.activation-fields",
        "A creditor can be active only with payout_details, sender_address, invoice_address and standard_debt_description.",
        "The following fields are required to activate a creditor: payout_details, sender_address, invoice_address, and standard_debt_description."
        => 422, "required field";
    PAYOUT_ACCOUNT: PublicDocs, "amili-public-docs",
        "amili.creditor.payout-account",
        "The payout details that activate a creditor hold at least one currency with at least one account.",
        "Payout details must hold at least one currency with at least one account type."
        => 422, "required field";
    INACTIVE_FIRST: Seed, "amili-creditor-users",
        "amili.creditor.inactive-first",
        "A creditor can be created inactive, without the activation fields, and activated later.",
        "You can create a creditor with is_active: true if all required fields are provided, or create it first and activate it later.";
    ONE_ORGANISATION_NUMBER: Seed, "amili-creditor-users",
        "amili.creditor.one-organisation-number",
        "organization_no and non_swedish_organization_no exclude each other.",
        "use non_swedish_organization_no instead of organization_no. These fields are mutually exclusive."
        => 422, "'organization_no' must not be present with 'non_swedish_organization_no'";
    VAT_AREA_DEFAULT: Seed, "amili-creditor-users",
        "amili.creditor.vat-area-default",
        "The VAT area of a creditor is sweden unless another is given.",
        "The vat_area field defaults to \"sweden\".";
    CREDITOR_ACCOUNT_EXISTS: Framework, "eve-conventions",
        "amili.creditor.account-exists",
        "The account of a creditor exists.",
        "A relation whose target is missing is refused: value '<id>' must exist in resource '<resource>', field '_id'."
        => 422, "value '<id>' must exist in resource 'accounts', field '_id'.";
    GROUPS_ON_CREATION: Seed, "amili-creditor-users",
        "amili.access-group.on-creation",
        "A new creditor brings its access groups admin and user, visible together with it.",
        "When a creditor is created, Amili automatically generates creditor-level access groups (admin and user).";
    ACCOUNT_GROUPS: Seed, "amili-creditor-users",
        "amili.access-group.account-level",
        "An account has the groups account_admin and api_user, which carry no creditor.",
        "Account-level groups (account_admin and api_user) are set up when the account is created.";
    GROUP_NAMES: Seed, "amili-creditor-users-sv",
        "amili.access-group.shows-names",
        "An access group shows the names of its account and, at creditor level, of its creditor.",
        "\"account_name\": \"API integrationstester AB\", \"creditor_name\": \"Acme Inc\"";
    WHERE_FILTERS: Seed, "amili-creditor-users-sv",
        "amili.query.where",
        "where holds a JSON object; a list shows the documents that match it, and only those.",
        "Hämta de tillgängliga access groups genom att filtrera på ditt Account eller på den nyligen skapade Creditor:n.";
    MALFORMED_QUERY: Framework, "eve-conventions",
        "amili.query.malformed",
        "A where, sort or projection that cannot be read, or holds a banned or unknown operator, is refused.",
        "An unreadable or refused where, sort or projection is answered 400."
        => 400, "The browser (or proxy) sent a request that this server could not understand.";
    LIST_META: Seed, "amili-creditor-users-sv",
        "amili.list.meta",
        "A list tells its page, its page size (25 unless asked otherwise) and the number of all matches.",
        "\"_meta\": { \"page\": 1, \"max_results\": 25, \"total\": 4 }";
    PAGE_LIMIT: PublicDocs, "amili-public-docs",
        "amili.list.page-limit",
        "A page holds at most 100 documents.",
        "max_results is 25 by default and at most 100.";
    INSERTION_ORDER: Framework, "eve-conventions",
        "amili.list.insertion-order",
        "Without sort, a list shows documents in the order in which they were made.",
        "Without sort a list is in insertion order.";
    USER_ACCOUNT_EXISTS: Framework, "eve-conventions",
        "amili.user.account-exists",
        "The account of a user exists.",
        "A relation whose target is missing is refused: value '<id>' must exist in resource '<resource>', field '_id'."
        => 422, "value '<id>' must exist in resource 'accounts', field '_id'.";
    USER_GROUP_EXISTS: Framework, "eve-conventions",
        "amili.user.access-group-exists",
        "Each access group of a user exists.",
        "A relation whose target is missing is refused: value '<id>' must exist in resource '<resource>', field '_id'."
        => 422, "value '<id>' must exist in resource 'access--groups', field '_id'.";
    USER_GROUP_OF_ACCOUNT: Seed, "amili-creditor-users",
        "amili.user.group-of-own-account",
        "The access groups of a user belong to the user's own account.",
        "For example, a user could have access to multiple creditors under the same account."
        => 422, "value '<id>' must exist in resource 'access--groups', field '_id'.";
    USER_MANY_GROUPS: Seed, "amili-creditor-users",
        "amili.user.many-groups",
        "A user can be given several access groups.",
        "A user can be assigned to multiple access groups by adding more entries to the data_access array.";
    USER_GROUP_DECIDES: Seed, "amili-creditor-users",
        "amili.user.group-decides",
        "An admin and a regular user are created alike and differ by their access group alone.",
        "The only difference between an admin and a regular user is which access group you assign.";
    USER_ENABLED_DEFAULT: PublicDocs, "amili-public-docs",
        "amili.user.enabled-default",
        "A user is enabled unless the request says otherwise.",
        "is_enabled of a user is true by default.";
    FOREIGN_ACCOUNT: PublicDocs, "amili-public-docs",
        "amili.scope.foreign-account",
        "Nobody writes into an account that their own does not cover.",
        "403 means that the permission is insufficient."
        => 403, "You don't have the permission to access the requested resource. It is either read-protected or not readable by the server.";
    ID_FREE: Framework, "eve-conventions",
        "amili.write.id-free",
        "A client may choose the id of a new document, if no other has it.",
        "A POST with an _id already taken is answered 409."
        => 409, "A conflict happened while processing the request. The resource might have been modified while the request was being processed.";
    ETAG_CURRENT: Framework, "eve-conventions",
        "amili.write.etag-current",
        "A change or deletion that names an etag succeeds only while it is the document's.",
        "An If-Match that differs from the document's etag is answered 412."
        => 412, "Client and server etags don't match";
    ID_STAYS: Framework, "eve-conventions",
        "amili.write.id-stays",
        "A change leaves the id of a document as it is.",
        "A PATCH with another _id is answered 400."
        => 400, "Attempt to update an immutable field. Usually happens when PATCH or PUT include a '_id' field, which is immutable (PUT can include it as long as it is unchanged).";
    ACTIVATE_LATER: Seed, "amili-creditor-users",
        "amili.creditor.activate-later",
        "An inactive creditor is activated by a change, once it holds the activation fields.",
        "or create it first and activate it later.";
    SET_AT_CREATION: PublicDocs, "amili-public-docs",
        "amili.creditor.set-at-creation",
        "account and agreement_template of a creditor are set at its creation and never change.",
        "account and agreement_template can be set only at creation."
        => 422, "field is read-only";
    ACCOUNT_ROLES: Seed, "amili-creditor-users",
        "amili.scope.account-roles",
        "What reaches across creditors takes a role of the account: account_admin or api_user.",
        "| account_admin | Account | Full access across all creditors on the account |"
        => 403, "You don't have the permission to access the requested resource. It is either read-protected or not readable by the server.";
    ADMIN_MANAGES: Seed, "amili-creditor-users",
        "amili.scope.admin-manages",
        "The admin of a creditor manages that creditor's users and settings, and no others.",
        "| admin | Creditor | Can manage users and settings for a specific creditor |"
        => 403, "You don't have the permission to access the requested resource. It is either read-protected or not readable by the server.";
    USER_HANDLES_CASES: Seed, "amili-creditor-users",
        "amili.scope.user-handles-cases",
        "The user of a creditor handles cases and manages nobody.",
        "| user | Creditor | Can handle cases and day-to-day operations for a specific creditor |"
        => 403, "You don't have the permission to access the requested resource. It is either read-protected or not readable by the server.";
    REQUIRED_FIELDS: PublicDocs, "amili-public-docs",
        "amili.body.required-fields",
        "A creditor and a user need an account and a name.",
        "account and name are required."
        => 422, "required field";
    FIELD_TYPES: Framework, "eve-conventions",
        "amili.body.field-types",
        "A field takes only values of its type and form.",
        "A value of the wrong type is refused: must be of string type."
        => 422, "must be of <type> type";
    READABLE_BODY: Framework, "eve-conventions",
        "amili.body.readable",
        "A body that is no readable JSON is refused.",
        "Unreadable JSON is answered 400."
        => 400, "The browser (or proxy) sent a request that this server could not understand.";
    CONTENT_TYPE: Framework, "eve-conventions",
        "amili.body.content-type",
        "A body comes as application/json.",
        "Unknown or no Content-Type header supplied"
        => 400, "Unknown or no Content-Type header supplied";
    PATH_KNOWN: Framework, "eve-conventions",
        "amili.path.known",
        "A path that no resource has is not found, nor is an id that is not 24 lower-case hex digits.",
        "A path without a route is answered 404, before the key is looked at."
        => 404, "The requested URL was not found on the server. If you entered the URL manually please check your spelling and try again.";
    ITEM_EXISTS: Framework, "eve-conventions",
        "amili.item.exists",
        "An item is read by its id; an unknown id is not found.",
        "An unknown id is answered 404."
        => 404, "The requested URL was not found on the server. If you entered the URL manually please check your spelling and try again.";
    METHOD_OFFERED: Framework, "eve-conventions",
        "amili.method.offered",
        "A method that a path does not offer is refused.",
        "A method not offered is answered 405, before the key is looked at."
        => 405, "The method is not allowed for the requested URL.";
}
