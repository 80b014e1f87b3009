//! Every rule of the Amili side, one static each. The words quoted stand in `fixtures/guides`.

use crate::platform::rule::rulebook;

rulebook! {
    TOKEN_REQUIRED: Seed, "amili-creditor-users",
        "amili.auth.token-required",
        "Every request carries a valid token in the X-API-Key header.",
        "All API requests require a valid authentication token in the X-API-Key header."
        => 401, "Please provide proper credentials";
    SIGNED_BY_KEY: PublicDocs, "amili-public-docs",
        "amili.auth.signed-by-key",
        "A token is given for a JWT in X-API-Key that is signed by the private key of the registered one.",
        "GET /authenticates/api-code, where X-API-Key holds a JWT signed by the client's private key."
        => 401, "Please provide proper credentials";
    JWT_ALGORITHMS: PublicDocs, "amili-public-docs",
        "amili.auth.algorithms",
        "The JWT is signed with ES256, ES384, ES512, RS256, RS384 or RS512, whichever fits the registered key.",
        "The algorithms accepted are ES256, ES384, ES512, RS256, RS384 and RS512."
        => 401, "Please provide proper credentials";
    JWT_CLAIMS: PublicDocs, "amili-public-docs",
        "amili.auth.claims",
        "The JWT claims api_code, a string, and exp, a number of UNIX seconds.",
        "The JWT has the claims api_code, a string, and exp, in UNIX seconds, about 10 minutes ahead."
        => 401, "Please provide proper credentials";
    JWT_EXPIRY: PublicDocs, "amili-public-docs",
        "amili.auth.expiry",
        "The JWT has not expired: its exp lies ahead.",
        "exp, in UNIX seconds, about 10 minutes ahead."
        => 401, "Please provide proper credentials";
    API_CODE_REGISTERED: PublicDocs, "amili-public-docs",
        "amili.auth.registered-code",
        "The API code is one that has been registered.",
        "An API code and a public key are registered with Visma Amili AB beforehand."
        => 401, "Please provide proper credentials";
    RENEWAL: PublicDocs, "amili-public-docs",
        "amili.auth.renewal",
        "A token that has ended is refused; after authenticating again the same request is accepted.",
        "After a 401 the client authenticates again and repeats the request."
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
    PARTNER_CREATES_ACCOUNTS: PublicDocs, "amili-public-docs",
        "amili.account.partner-creates",
        "A partner creates accounts below itself; an account's own users do not.",
        "A partner creates an account and its first creditor in one call."
        => 403, "You don't have the permission to access the requested resource. It is either read-protected or not readable by the server.";
    FIRST_CREDITOR: PublicDocs, "amili-public-docs",
        "amili.account.first-creditor",
        "A new account brings its groups and, from initial_creditor_data, its first creditor with its own; the data is not kept.",
        "initial_creditor_data is write-only: it builds the creditor and is not stored on the account."
        => 422, "required field";
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
    CASES_OF_OWN_CREDITOR: Seed, "amili-creditor-users",
        "amili.scope.cases-of-own-creditor",
        "The admin and the user of a creditor handle the cases of that creditor, and of no other.",
        "Can handle cases and day-to-day operations for a specific creditor"
        => 403, "You don't have the permission to access the requested resource. It is either read-protected or not readable by the server.";
    CASE_CREDITOR_ACTIVE: Seed, "amili-creditor-users-sv",
        "amili.case.creditor-active",
        "While a creditor is inactive, no case can be registered for it.",
        "Så länge en Creditor är inaktiv kan inga Case registrations skapas för den."
        => 422, "creditor is not active";
    CASE_REQUIRED: PublicDocs, "amili-public-docs",
        "amili.case.required-fields",
        "A case registration needs an account, a creditor, a first action, a currency, a named customer and at least one debt with its number, description, date, capital and term.",
        "account, creditor, first_action, currency, customer and debts are required."
        => 422, "required field";
    CASE_PER_DEBT: PublicDocs, "amili-public-docs",
        "amili.case.one-per-debt",
        "Each debt of a case registration becomes a case of its own, which shows it; the answer names the cases in _cases.",
        "Each debt becomes a separate case.";
    CASE_BEGINS: PublicDocs, "amili-public-docs",
        "amili.case.begins-initializing",
        "A case begins in the state initializing, with itself and its customer initialized.",
        "A new case has the state initializing and the status initialized, and so has its customer.";
    CASE_NAMES: PublicDocs, "amili-public-docs",
        "amili.case.shows-names",
        "A case shows the name of its creditor, and the name and the numbers of its customer.",
        "A read of a case shows creditor_name, customer_name, customer_id_number and customer_number";
    OCR_NUMBERS: PublicDocs, "amili-public-docs",
        "amili.case.ocr-numbers",
        "The answer to a case registration names its OCR numbers: their ids in _ocr_numbers, their digits in _ocr_numbers_ocr.",
        "\"_ocr_numbers\": [\"6867da77eaa52b3ff595b5aa\"], \"_ocr_numbers_ocr\": [\"20251852687013699044\"]";
    CUSTOMER_MADE: PublicDocs, "amili-public-docs",
        "amili.customer.by-registration",
        "Customers are made by case registrations and invoice registrations.",
        "Customers are created by case registrations and invoice registrations.";
    CUSTOMER_ONE_KIND: PublicDocs, "amili-public-docs",
        "amili.customer.one-kind",
        "A customer is a person, a company or foreign, and not two of these.",
        "one of is_person, is_company and is_foreign is set to true."
        => 422, "must not be present with";
    REGISTRATION_ACCOUNT_EXISTS: Framework, "eve-conventions",
        "amili.registration.account-exists",
        "The account of a registration, a payment or a crediting exists.",
        "A relation whose target is missing is refused: value '<id>' must exist in resource '<resource>', field '_id'."
        => 422, "value '<id>' must exist in resource 'accounts', field '_id'.";
    REGISTRATION_CREDITOR_EXISTS: Framework, "eve-conventions",
        "amili.registration.creditor-exists",
        "The creditor of a registration, a payment or a crediting exists.",
        "A relation whose target is missing is refused: value '<id>' must exist in resource '<resource>', field '_id'."
        => 422, "value '<id>' must exist in resource 'creditors', field '_id'.";
    REGISTRATION_CREDITOR_OF_ACCOUNT: PublicDocs, "amili-public-docs",
        "amili.registration.creditor-of-account",
        "The creditor of a registration, a payment or a crediting belongs to the account named beside it.",
        "A creditor belongs to exactly one account."
        => 422, "value '<id>' must exist in resource 'creditors', field '_id'.";
    REGISTRATION_CURRENCY: PublicDocs, "amili-public-docs",
        "amili.registration.currency",
        "Registrations, payments and creditings are in SEK.",
        "currency: only SEK is supported."
        => 422, "unallowed value <currency>";
    INVOICE_REQUIRED: PublicDocs, "amili-public-docs",
        "amili.invoice.required-fields",
        "An invoice registration needs an account, a creditor, a named customer, a type, a number, two dates, a currency and a matrix.",
        "account, creditor, customer, invoice_type, invoice_number, invoice_date, invoice_due_date, currency and matrix are required."
        => 422, "required field";
    INVOICE_CASE: PublicDocs, "amili-public-docs",
        "amili.invoice.brings-a-case",
        "An invoice registration brings one case, which the answer names in _case.",
        "The answer to an invoice registration names its case in _case.";
    INVOICE_DATES: PublicDocs, "amili-public-docs",
        "amili.invoice.iso-dates",
        "The dates of an invoice registration may come as ISO 8601 in UTC.",
        "invoice_due_date: '2026-04-30T00:00:00Z'";
    PAYMENT_REQUIRED: PublicDocs, "amili-public-docs",
        "amili.payment.required-fields",
        "A payment and a crediting need a creditor, a case or invoice number, a currency, an amount and an origin; a payment the date of the bank transaction too.",
        "creditor, currency, amount and origin are required, and bank_transaction_date for a payment."
        => 422, "required field";
    PAYMENT_ORIGIN: PublicDocs, "amili-public-docs",
        "amili.payment.origin",
        "The origin of a payment or a crediting is creditor_system.",
        "origin must be creditor_system."
        => 422, "unallowed value <origin>";
    PAYMENT_CASE_EXISTS: Framework, "eve-conventions",
        "amili.payment.case-exists",
        "The case of a payment or a crediting exists.",
        "A relation whose target is missing is refused: value '<id>' must exist in resource '<resource>', field '_id'."
        => 422, "value '<id>' must exist in resource 'cases', field '_id'.";
    PAYMENT_ONE_TARGET: PublicDocs, "amili-public-docs",
        "amili.payment.case-or-invoice-number",
        "A payment or a crediting names a case or an invoice number, and not both.",
        "case and invoice_number exclude each other."
        => 422, "'invoice_number' must not be present with 'case'";
    PAYMENT_NUMBER_RESOLVES: PublicDocs, "amili-public-docs",
        "amili.payment.invoice-number-resolves",
        "The invoice number of a payment or a crediting is that of a case of the creditor.",
        "invoice_number is the invoice number by which the case is found."
        => 422, "value '<number>' must exist in resource 'cases', field 'debt.invoice_number'.";
    PAYMENT_REGISTERED_NOW: PublicDocs, "amili-public-docs",
        "amili.payment.registered-now",
        "A payment and a crediting are registered now, unless the request says when.",
        "client_registration_date is the present moment by default.";
    PAYMENT_COMPLETED: PublicDocs, "amili-public-docs",
        "amili.payment.completed",
        "The answer to a payment or a crediting says in _payment_status that it is completed.",
        "\"_payment_status\": \"completed\"";
}
